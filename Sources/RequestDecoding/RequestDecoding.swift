// RequestDecoding
