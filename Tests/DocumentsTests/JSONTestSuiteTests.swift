import Documents
import TestSupport
import Testing

/// What RFC 8259 leaves open and JSONTestSuite asks, decided one by one.
private let decisions: [String: (accepted: Bool, reason: String)] = [
  "i_number_double_huge_neg_exp": (true, "numbers are exact, whatever their size"),
  "i_number_huge_exp": (true, "numbers are exact, whatever their size"),
  "i_number_neg_int_huge_exp": (true, "numbers are exact, whatever their size"),
  "i_number_pos_double_huge_exp": (true, "numbers are exact, whatever their size"),
  "i_number_real_neg_overflow": (true, "numbers are exact, whatever their size"),
  "i_number_real_pos_overflow": (true, "numbers are exact, whatever their size"),
  "i_number_real_underflow": (true, "numbers are exact, whatever their size"),
  "i_number_too_big_neg_int": (true, "numbers are exact, whatever their size"),
  "i_number_too_big_pos_int": (true, "numbers are exact, whatever their size"),
  "i_number_very_big_negative_int": (true, "numbers are exact, whatever their size"),
  "i_object_key_lone_2nd_surrogate": (false, "half of a surrogate pair is no character"),
  "i_string_1st_surrogate_but_2nd_missing": (false, "half of a surrogate pair is no character"),
  "i_string_1st_valid_surrogate_2nd_invalid": (false, "half of a surrogate pair is no character"),
  "i_string_UTF-16LE_with_BOM": (false, "JSON is exchanged as UTF-8 (section 8.1)"),
  "i_string_UTF-8_invalid_sequence": (false, "the bytes are no UTF-8"),
  "i_string_UTF8_surrogate_U+D800": (false, "the bytes are no UTF-8"),
  "i_string_incomplete_surrogate_and_escape_valid": (
    false, "half of a surrogate pair is no character"
  ),
  "i_string_incomplete_surrogate_pair": (false, "half of a surrogate pair is no character"),
  "i_string_incomplete_surrogates_escape_valid": (
    false, "half of a surrogate pair is no character"
  ),
  "i_string_invalid_lonely_surrogate": (false, "half of a surrogate pair is no character"),
  "i_string_invalid_surrogate": (false, "half of a surrogate pair is no character"),
  "i_string_invalid_utf-8": (false, "the bytes are no UTF-8"),
  "i_string_inverted_surrogates_U+1D11E": (false, "half of a surrogate pair is no character"),
  "i_string_iso_latin_1": (false, "the bytes are no UTF-8"),
  "i_string_lone_second_surrogate": (false, "half of a surrogate pair is no character"),
  "i_string_lone_utf8_continuation_byte": (false, "the bytes are no UTF-8"),
  "i_string_not_in_unicode_range": (false, "the bytes are no UTF-8"),
  "i_string_overlong_sequence_2_bytes": (false, "the bytes are no UTF-8"),
  "i_string_overlong_sequence_6_bytes": (false, "the bytes are no UTF-8"),
  "i_string_overlong_sequence_6_bytes_null": (false, "the bytes are no UTF-8"),
  "i_string_truncated-utf-8": (false, "the bytes are no UTF-8"),
  "i_string_utf16BE_no_BOM": (false, "JSON is exchanged as UTF-8 (section 8.1)"),
  "i_string_utf16LE_no_BOM": (false, "JSON is exchanged as UTF-8 (section 8.1)"),
  "i_structure_500_nested_arrays": (true, "512 levels are read"),
  "i_structure_UTF-8_BOM_empty_object": (true, "a byte-order mark may be skipped (section 8.1)"),
]

@Suite(
  .enabled(
    if: Conformance.has("JSONTestSuite/test_parsing"), "the JSONTestSuite data is not here"))
struct JSONTestSuiteTests {
  @Test func readsWhatItShouldAndNothingElse() throws {
    var counts = ["y": 0, "n": 0, "i": 0]
    var failed = 0
    for file in try Conformance.files(in: "JSONTestSuite/test_parsing")
    where file.hasSuffix(".json") {
      let name = String(file.dropLast(5))
      let kind = String(name.prefix(1))
      let expected: Bool
      if kind == "i" {
        expected = try #require(decisions[name], "\(name) is not decided").accepted
      } else {
        expected = kind == "y"
      }
      let reading = JSONReader.read(try Conformance.bytes("JSONTestSuite/test_parsing/\(file)"))
      #expect(reading.errors.isEmpty == expected, "\(file): \(reading.errors)")
      if reading.errors.isEmpty != expected { failed += 1 }
      #expect(reading.errors.allSatisfy { !$0.message.isEmpty })
      counts[kind, default: 0] += 1
    }
    let passed = counts.values.reduce(0, +) - failed
    print("JSONTestSuite: \(passed) passed, \(failed) failed, 0 skipped \(counts)")
    #expect(counts["i"] == decisions.count)
    #expect(passed >= 318)
  }

  /// The reader that explains must find a fault in exactly the texts that the fast one refuses.
  @Test func theTwoReadersAgree() throws {
    for file in try Conformance.files(in: "JSONTestSuite/test_parsing")
    where file.hasSuffix(".json") {
      let bytes = try Conformance.bytes("JSONTestSuite/test_parsing/\(file)")
      expectAgreement(on: bytes)
    }
  }
}

/// Reads with both readers and compares what they say and the trees they make.
func expectAgreement(on bytes: [UInt8], depthLimit: Int = JSONReader.defaultDepthLimit) {
  var document = Document(source: bytes)
  let isWellFormed = JSONReader.read(into: &document, depthLimit: depthLimit)
  let reading = JSONReader.recover(bytes, depthLimit: depthLimit)
  #expect(
    isWellFormed == reading.errors.isEmpty,
    "\(String(decoding: bytes.prefix(200), as: UTF8.self)): \(reading.errors)")
  if isWellFormed {
    #expect(document.dump() == reading.document.dump())
  }
}
