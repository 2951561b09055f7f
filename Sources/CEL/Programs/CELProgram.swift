import Documents
import RequisitePatterns
package import SourceText

/// A compiled expression: flat arrays that refer to one another by index.
///
/// Immutable and free to share; what an evaluation needs besides is in `CELEvaluator`.
package struct CELProgram: Sendable {
  var instructions: [Instruction] = []
  /// The bytes of the text that each instruction stands for.
  var ranges: [TextRange] = []
  var constants: [CELValue] = []
  var operands: [Int32] = []
  /// The names of members, interned, for finding them in documents.
  var stepSymbols: [Symbol] = []
  /// The same names as bytes, for finding them in maps of their own.
  var stepNames: [[UInt8]] = []
  var loops: [Loop] = []
  /// What the functions do that are called.
  var functions: [CELFunction.Body] = []
  /// The names of these functions.
  var functionNames: [String] = []
  /// Their places in `CELFunction.all`, by which a program that was written finds them again.
  var functionNumbers: [Int] = []
  var patterns: [CELPattern] = []
  var failures: [CELError.Kind] = []
  var root: Int32 = 0
  /// How many variables the environment has; their values take the first slots.
  var variableCount = 0
  /// How many slots variables and loops take.
  var slotCount = 0

  /// The type of the result, as far as it is known.
  package internal(set) var type: CELType = .dyn
  /// What of its variables the expression reads.
  package internal(set) var references: [Reference] = []

  /// A variable that an expression names, and the members of it that it reads.
  package struct Reference: Sendable, Hashable {
    /// The index of the variable in the environment.
    package var variable: Int
    /// The names after it, as far as they are written out.
    package var members: [String]
    /// The bytes of the whole chain in the expression's text.
    package var range: TextRange
  }

  /// How many instructions there are.
  package var instructionCount: Int { instructions.count }

  /// The value where it is the same in every evaluation, or nil.
  package var constantValue: CELValue? {
    if case .constant(let index) = instructions[Int(root)] { return constants[Int(index)] }
    return nil
  }
}
