extension Int {
  /// The number with commas between its thousands: `32,768`.
  package var grouped: String {
    if magnitude < 1_000 { return String(self) }
    let digits = String(magnitude).utf8
    var text: [UInt8] = self < 0 ? [UInt8(ascii: "-")] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
