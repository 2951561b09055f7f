import Foundation
import Testing

/// A sensitive value comes out nowhere: not in a message, not in an excerpt, in no format.
struct RedactionTests {
  /// What every request here has in the place of its CustomerId.
  private static let canary = "CANARY-4711"
  private static let head =
    #""InstanceId": "i-1", "ContactFlowId": "f-1", "ParticipantDetails": {"DisplayName": "Jane Doe"}, "ClientToken": "t-1""#

  /// A request with something wrong about it, and its name.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var options = ""
    var testDescription: String { "\(name): \(text)" }
  }

  static let cases: [Case] =
    json([
      (#"{HEAD, "CustomerId": "CANARY", "ChatDurationInMinutes": 5}"#, ""),
      (#"{HEAD, "ChatDurationInMinutes": 5, "CustomerId": "CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "CANARYLONG"}"#, ""),
      (#"{HEAD, "CustomerId": ["CANARY"]}"#, ""),
      (#"{HEAD, "CustomerId": {"CANARY": {"CANARY": 1}}}"#, ""),
      (#"{HEAD, "CustomerId": {"a": "CANARY", "a": "CANARY"}}"#, ""),
      (#"{HEAD, "CustomerId": {"CANARY": 1, "CANARY": 2}}"#, ""),
      (#"{HEAD, "CustomerId": "CANARY", "CustomerId": "CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": ["CANARY"], "CustomerId": ["CANARY"], "X": 1}"#, ""),
      (#"{HEAD, "CustomerId": null, "CustomerId": "CANARY"}"#, ""),
      (#"{HEAD, "customerId": "CANARY"}"#, ""),
      (#"{HEAD, "customer_id": "CANARY", "CustomerId": "CANARY", "CUSTOMER-ID": "CANARY"}"#, ""),
      (#"{HEAD, "customer_id": ["CANARY"], "CustomerId": ["CANARY"]}"#, ""),
      (#"{HEAD, "Customer\u0049d": ["CANARY"]}"#, ""),
      (#"{HEAD, "customerId": "CANARY"}"#, "--casing wire --pack aws-connect-chat"),
      (#"{HEAD, "CustomerId": "CANARY", "X": 1}"#, "--casing snake --pack aws-connect-chat"),
      (#"{HEAD, "CustomerId": "CANARY", "X": 1}"#, "--casing camel --pack aws-connect-chat"),
      (
        #"{"instance_id": "i", "contact_flow_id": "f", "participant_details": {}, "customer_id": ["CANARY"]}"#,
        ""
      ),
      (
        #"{"instanceId": "i", "contactFlowId": "f", "participantDetails": {}, "customerId": ["CANARY"]}"#,
        ""
      ),
      (#"{HEAD, "CustomerId": "CANARY}"#, ""),
      (#"{HEAD, "CustomerId": 'CANARY'}"#, ""),
      (#"{HEAD, "CustomerId": CANARY}"#, ""),
      (#"{HEAD, "CustomerId" "CANARY"}"#, ""),
      (#"{HEAD, 'CustomerId': "CANARY"}"#, ""),
      (#"{HEAD, CustomerId: "CANARY"}"#, ""),
      (#"{HEAD, customerId = CANARY}"#, ""),
      (#"{HEAD, "CustomerId": "CANARY",}"#, ""),
      (#"{HEAD, // no "#.appending("\n") + #" "CustomerId": "CANARY"}"#, ""),
      (#"{HEAD, "CustomerId":"#.appending("\n") + #"  CANARY, "X": 1}"#, ""),
      (#"{HEAD, "CustomerId":"#.appending("\n\n") + #"  'CANARY', "X": 1}"#, ""),
      (#"{HEAD, "CustomerId""#.appending("\n") + #"  : CANARY}"#, ""),
      (#"{HEAD, "Customer\u0049d": CANARY}"#, ""),
      (#"{HEAD, "CustomerId": {"a": CANARY, "CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": ["CANARY",,"#.appending("\n") + #"  "CANARY" "CANARY"]}"#, ""),
      (#"{HEAD, "CustomerId": "bad \q CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "half \ud800 CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "‹FF› CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "tab ␉ CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "line"#.appending("\n") + #"CANARY"}"#, ""),
      (#"{HEAD, "CustomerId": "CANARY"} CANARYLESS"#, ""),
      (#"{"CustomerId": "CANARY" oops}"#, ""),
      (#"{"CustomerId": CANARY}"#, "--pack aws-connect-chat"),
      (#"{"CustomerId": "CANARY"}"#, "--pack aws-connect-chat"),
    ]) + yaml + logs

  private static func json(_ texts: [(String, String)]) -> [Case] {
    texts.map { text, options in
      Case(name: "request.json", text: filled(text) + "\n", options: options)
    }
  }

  private static let yaml: [Case] = [
    "CustomerId: CANARY\nChatDurationInMinutes: 5\n",
    "CustomerId: [CANARY]\n",
    "CustomerId: {CANARY: 1}\n",
    "CustomerId: CANARY\nCustomerId: CANARY\n",
    "CustomerId: |\n  CANARYLONG\n  CANARY\n",
    "CustomerId: &c [CANARY]\n",
    "CustomerId: &c CANARY\nChatDurationInMinutes: *c\n",
    "CustomerId: \"CANARY\n",
    "CustomerId: {a: CANARY\n",
    "CustomerId: *CANARY\n",
    "CustomerId: !CANARY CANARY\n",
    "CustomerId: CANARY: CANARY\n",
    "CustomerId:\n  - CANARY\n - CANARY\n",
    "CustomerId:\n  'CANARY\n  CANARY\n",
    "? CustomerId\n: CANARY\n  : CANARY\n",
    "customer_id: \"\\q CANARY\"\n",
  ].map { text in
    Case(
      name: "request.yaml",
      text: "InstanceId: i-1\nContactFlowId: f-1\nParticipantDetails: {}\n" + filled(text))
  }

  private static let logs: [Case] = [
    #"{HEAD, "CustomerId": ["CANARY"], "ChatDurationInMinutes": 5}"#,
    #"{HEAD, "CustomerId": CANARY, "ChatDurationInMinutes": 5}"#,
    #"{HEAD, "CustomerId": "CANARY}"#,
    #"{HEAD, 'customer_id': "CANARY" "#,
    #"{HEAD, "CustomerId": "CANARY", "CustomerId": "CANARY"}"#,
  ].map { text in
    Case(name: "requests.jsonl", text: "{\(head)}\n\(filled(text))\n{\(head)}\n")
  }

  private static func filled(_ text: String) -> String {
    text.replacingOccurrences(of: "HEAD", with: head)
      .replacingOccurrences(of: "CANARYLESS", with: "rest")
      .replacingOccurrences(of: "CANARYLONG", with: String(repeating: canary, count: 20))
      .replacingOccurrences(of: "CANARY", with: canary)
      .replacingOccurrences(of: "\(canary)-4711", with: canary)
  }

  /// What people may run over a request that holds a secret; to add a command, add its line.
  ///
  /// FILE is the request. What a command leaves in files is looked at as well, the request aside.
  private static let commands = [
    "requisite check --color always --format text --format compact=a --format json=b --format sarif=c FILE",
    "requisite check --statistics --fail-on-inert --quiet FILE",
    "requisite check --show-values never --format text --format json=d --format sarif=e FILE",
    "requisite check --pack acme.yaml --format text --format json=f --format sarif=g FILE",
    "requisite check - < FILE",
    "requisite check --diff --unsafe-fixes FILE",
    "requisite check --diff --unsafe-fixes --pack acme.yaml FILE",
    "requisite baseline write --baseline known.txt FILE",
    "requisite baseline update --accept-new --baseline known.txt FILE",
    "requisite baseline check --baseline known.txt FILE",
    "requisite check --baseline known.txt FILE",
    "requisite ignore --rule schema/type --at FILE#/CustomerId --reason test --dry-run",
    "requisite ignore --rule aws-connect-chat/schema/type --at FILE#/CustomerId --reason test",
    "requisite config FILE",
    "requisite config --format json FILE",
    "requisite inspect FILE",
    "requisite inspect --format json FILE",
    "requisite inspect --at 1:30 FILE",
    "requisite inspect --pointer /CustomerId FILE",
    "requisite inspect --pointer /CustomerId/a FILE",
    "requisite inspect --show-values never FILE",
  ]

  /// A pack that asks a secret all that it can, in every part that makes words.
  private static let acme = #"""
    requisite: 1
    name: acme
    extends: [aws-connect-chat]
    request: { sensitive: [$.ClientToken] }
    rules:
      asks:
        given: [$, $.CustomerId, $..CustomerId]
        then: "string(self) == 'nothing' || self == 1"
        message: "{{ self }} {{ root }} {{ value }} {{ key }} {{ path }} {{ root.CustomerId }} {{ root.?CustomerId.orValue('') + '!' }}"
      is-one: { given: $.CustomerId, then: { const: one } }
      is-listed: { given: $.CustomerId, then: { enum: [one, two] } }
      is-short: { given: $.CustomerId, then: { maxLength: 1, pattern: '^x$', characters: x, format: uuid } }
      is-json: { given: $.CustomerId, then: { contentMediaType: application/json } }
      when-long: { given: $, when: size(self.CustomerId) > 1, then: size(self.CustomerId) < 1 }
    """#

  @Test(arguments: cases) func showsNoSensitiveValue(example: Case) async throws {
    let outcome = try await Program.withFolder { folder in
      try Data(VisibleText.bytes(example.text)).write(to: folder.appending(path: example.name))
      try Data(Self.acme.utf8).write(to: folder.appending(path: "acme.yaml"))
      // Each command is named in the output, so that a failure tells whose it is.
      let lines = Self.commands.map { command in
        let line = command.replacingOccurrences(of: "FILE", with: example.name)
          .replacingOccurrences(
            of: "requisite check", with: "requisite check \(example.options)")
        return "echo '== \(line)'; { \(line); } 2>&1"
      }
      let first = "requisite check \(example.options) \(example.name) > /dev/null 2>&1; status=$?"
      // What the commands have written lies beside the request; `new rule` leaves that as it was.
      let files =
        "for f in $(ls -A | grep -v -x -F '\(example.name)'); do echo \"== file $f\"; cat $f; done"
      return try await Program.run(
        ([first] + lines + [files, "exit $status"]).joined(separator: "\n"), in: folder)
    }
    let output = String(decoding: outcome.output + outcome.error, as: UTF8.self)
    let isRefused = outcome.status == "1"
    #expect(isRefused)
    var leaks: [Substring] = []
    var section: Substring = ""
    for line in output.split(separator: "\n") {
      if line.hasPrefix("== ") { section = line }
      if line.contains("4711") { leaks += [section, line] }
    }
    #expect(leaks == [])
    // A command that is misspelt here would tell nothing.
    let isUnderstood = !output.contains("Unknown option") && !output.contains("acme.yaml:")
    #expect(isUnderstood)
  }
}
