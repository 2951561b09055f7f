import Fuzzing
import Glibc

/// What libFuzzer calls for each input: the fuzzer that `REQUISITE_FUZZER` names.
@c(LLVMFuzzerTestOneInput)
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  do {
    try chosen.check(input)
  } catch {
    print("fault: \(error)")
    unsafe fflush(nil)
    abort()
  }
  return 0
}

private let chosen: Fuzzer = {
  guard let name = unsafe getenv("REQUISITE_FUZZER").map({ unsafe String(cString: $0) }),
    let fuzzer = Fuzzer.named(name)
  else {
    print("REQUISITE_FUZZER must be one of \(Fuzzer.all.map(\.name).joined(separator: ", "))")
    exit(2)
  }
  return fuzzer
}()
