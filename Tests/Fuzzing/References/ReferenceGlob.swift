/// Path patterns without classes and braces, name by name: the reference for `PathGlob`.
enum ReferenceGlob {
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let isFolder = pattern.hasSuffix("/")
    var names = pattern.split(separator: "/").map { Array($0.unicodeScalars) }
    guard let last = names.last else { return false }
    let isAnywhere = !pattern.dropLast(isFolder ? 1 : 0).contains("/")
    let coversBelow = isFolder || isAnywhere || !last.contains("*") && !last.contains("?")
    if isAnywhere, last != ["*", "*"] { names.insert(["*", "*"], at: 0) }
    let parts = path.split(separator: "/").map { Array($0.unicodeScalars) }
    for count in 0...parts.count where match(names[...], parts[..<count]) {
      if count == parts.count ? !isFolder : coversBelow { return true }
    }
    return false
  }

  private static func match(
    _ names: ArraySlice<[Unicode.Scalar]>, _ parts: ArraySlice<[Unicode.Scalar]>
  ) -> Bool {
    guard let name = names.first else { return parts.isEmpty }
    if name == ["*", "*"] {
      if names.count == 1 { return !parts.isEmpty }
      return (parts.startIndex...parts.endIndex).contains { match(names.dropFirst(), parts[$0...]) }
    }
    guard let part = parts.first else { return false }
    return fits(name[...], part[...]) && match(names.dropFirst(), parts.dropFirst())
  }

  private static func fits(
    _ name: ArraySlice<Unicode.Scalar>, _ part: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = name.first else { return part.isEmpty }
    if first == "*" {
      return (part.startIndex...part.endIndex).contains { fits(name.dropFirst(), part[$0...]) }
    }
    guard let scalar = part.first, first == "?" || first == scalar else { return false }
    return fits(name.dropFirst(), part.dropFirst())
  }
}
