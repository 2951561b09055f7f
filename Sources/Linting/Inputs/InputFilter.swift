import Findings

/// Takes out of the findings of one profile's inputs what is not to be reported.
struct InputFilter {
  let filter: FindingFilter
  /// The rules of the packs that the inputs are checked by.
  let rules: ActiveRules
  /// The place of the profile.
  let profile: Int

  /// Begins an input.
  func begin(_ input: InputSource) -> OpenInput {
    filter.begin(input, rules: rules, profile: profile)
  }

  /// A look ahead at an input.
  func preview(of input: InputSource) -> FilterPreview {
    filter.preview(of: input, rules: rules, profile: profile)
  }
}
