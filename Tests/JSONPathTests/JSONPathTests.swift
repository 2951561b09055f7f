// JSONPathTests
