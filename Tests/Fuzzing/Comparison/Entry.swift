import Fuzzing
import Glibc

/// Compares evaluation by places with plain evaluation, on packs and requests made at random.
///
/// Without a number, the arguments are files, the lines of which are compared by packs that are known. Else they
/// are how many comparisons, and the first seed. Each seed has a million of them at most, so
/// that what is found can be found again. Ends with 1 where there is a difference.
@main
enum Comparison {
  static func main() {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    if numbers.isEmpty, CommandLine.arguments.count > 1 {
      return compare(files: CommandLine.arguments.dropFirst())
    }
    let (wanted, firstSeed) = (numbers.first ?? 1_000_000, numbers.dropFirst().first ?? 1)
    var total = PlaceComparison.Counts()
    var packs = 0
    var faults = 0
    var seed = firstSeed
    while total.total < wanted, faults < 10 {
      let result = PlaceCampaign(seed: UInt64(seed)).run(
        atLeast: min(wanted - total.total, 1_000_000), faultLimit: 10 - faults)
      for fault in result.faults { print("fault: \(fault)\n") }
      total += result.counts
      packs += result.packs
      faults += result.faults.count
      print("seed \(seed): \(result.counts) by \(result.packs) packs")
      unsafe fflush(nil)
      seed += 1
    }
    print("\(total) by \(packs) packs, \(faults) faults")
    exit(faults == 0 ? 0 : 1)
  }

  /// Compares the lines of files, and lines that were damaged.
  private static func compare(files: ArraySlice<String>) {
    var count = 0
    for path in files {
      guard let file = unsafe fopen(path, "r") else {
        print("\(path) cannot be read")
        exit(2)
      }
      var text: [UInt8] = []
      while case let byte = unsafe getc(file), byte != EOF {
        text.append(UInt8(truncatingIfNeeded: byte))
      }
      unsafe fclose(file)
      let (counts, faults) = PlaceFuzzer.compare(lines: text, seed: 1)
      for fault in faults { print("fault: \(fault)\n") }
      print("\(path): \(counts), \(faults.count) faults")
      count += faults.count
    }
    exit(count == 0 ? 0 : 1)
  }
}
