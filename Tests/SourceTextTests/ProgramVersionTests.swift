import SourceText
import Testing

struct ProgramVersionTests {
  @Test(arguments: [
    ("0.2", "0.2.0"), ("1", "1.0.0"), ("10.20.30", "10.20.30"), ("007.0", "7.0.0"),
    ("", nil), ("1.", nil), (".1", nil), ("1.2.3.4", nil), ("+1", nil), ("1.-2", nil), ("v1", nil),
    ("1.0.0-rc.1", nil), ("1000000000", nil), ("999999999", "999999999.0.0"), ("\u{0661}", nil),
  ]) func versionsAreNumbers(text: String, version: String?) {
    #expect(ProgramVersion(text)?.description == version)
  }

  @Test func thisProgramHasAVersion() {
    #expect(ProgramVersion.current.description == ProgramVersion.text)
  }

  @Test(arguments: [
    (">=0.2", ["0.2.0", "0.2.1", "1.0.0"], ["0.1.9", "0.0.1"]),
    (">0.2", ["0.2.1", "0.3"], ["0.2.0", "0.1"]), ("<=0.2", ["0.2", "0.1.9"], ["0.2.1"]),
    ("<0.2", ["0.1.99"], ["0.2.0", "0.2.1"]), ("==0.2.0", ["0.2"], ["0.2.1", "0.1"]),
    (" >= 0.2 , < 0.10 ", ["0.2", "0.9.9"], ["0.10", "0.1"]),
    (">=1,<1", [], ["0.9", "1", "2"]),
  ]) func requirementsHold(text: String, fitting: [String], others: [String]) throws {
    let requirement = try #require(VersionRequirement(text))
    for version in fitting {
      #expect(requirement.holds(of: try #require(ProgramVersion(version))), "\(version)")
    }
    for version in others {
      #expect(!requirement.holds(of: try #require(ProgramVersion(version))), "\(version)")
    }
  }

  @Test(arguments: [
    "", " ", "0.2", "~0.2", "=0.2", ">=", ">=0.2,", ",>=0.2", ">=0.2 <1", "> =1", "!=1",
  ])
  func othersAreNone(text: String) {
    #expect(VersionRequirement(text) == nil)
  }
}
