package import Documents

/// Why a condition could not be evaluated: one fault, with the values that it is about.
package struct CELFaultReport: Sendable {
  /// What a fault is about.
  package enum Subject: Sendable {
    /// A member that is not in a value of the document.
    case absentMember(container: NodeID, name: String, symbol: Symbol)
    /// Values that an operator or a function cannot take.
    case values([CELValue])
    /// Nothing of the document.
    case nothing
  }

  /// The fault in the words of the expression.
  package var error: CELError
  /// What the fault is about.
  package var subject: Subject
}

extension CELEvaluator {
  /// The faults that made the last evaluation of a program fail, in the order of evaluation.
  ///
  /// Empty unless `isExplaining` was true; nil where there are more than are kept.
  package func faultReports(of program: CELProgram) -> [CELFaultReport]? {
    guard faults.count <= Self.faultLimit else { return nil }
    return faults.map { fault in
      CELFaultReport(
        error: fault.error(in: program, costLimit: costLimit), subject: subject(of: fault, program))
    }
  }

  private func subject(of fault: Fault, _ program: CELProgram) -> CELFaultReport.Subject {
    if case .absentMember(let step) = fault.kind {
      guard let container = fault.container else { return .nothing }
      return .absentMember(
        container: container,
        name: String(decoding: program.stepNames[Int(step)], as: UTF8.self),
        symbol: program.stepSymbols[Int(step)])
    }
    guard operands.indices.contains(Int(fault.operands)) else { return .nothing }
    return .values(operands[Int(fault.operands)])
  }
}
