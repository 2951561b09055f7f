import Documents

/// A YAML text as a tree that can be changed and written again, also into what no reader takes.
indirect enum YAMLTree {
  /// A scalar, flow collection or alias as it is written.
  case scalar(String)
  /// A scalar in block style: the indicator, such as `|-`, and the lines.
  case block(String, [String])
  case sequence([YAMLTree])
  case mapping([Entry])
  /// A node with an anchor or a tag before it.
  case marked(String, YAMLTree)

  struct Entry {
    /// The key as it is written.
    var key: String
    var value: YAMLTree
  }

  /// The tree of a value.
  init(_ value: JSON) {
    switch value {
    case .null: self = .scalar("null")
    case .boolean(let value): self = .scalar(value ? "true" : "false")
    case .number(let text): self = .scalar(String(decoding: text, as: UTF8.self))
    case .string: self = .scalar(String(decoding: value.bytes(), as: UTF8.self))
    case .array(let elements): self = .sequence(elements.map { YAMLTree($0) })
    case .object(let members):
      self = .mapping(
        members.map {
          Entry(
            key: String(decoding: JSON.string($0.name).bytes(), as: UTF8.self),
            value: YAMLTree($0.value))
        })
    }
  }

  // MARK: - Writing

  /// The text in block style.
  var text: String {
    var output = ""
    write(indent: 0, into: &output, isInline: false)
    return output
  }

  private func write(indent: Int, into output: inout String, isInline: Bool) {
    let margin = String(repeating: " ", count: indent)
    let lead = isInline ? " " : ""
    switch self {
    case .scalar(let text): output += "\(lead)\(text)\n"
    case .block(let indicator, let lines):
      output += "\(lead)\(indicator)\n"
      for line in lines { output += line.isEmpty ? "\n" : "\(margin)  \(line)\n" }
    case .sequence(let elements):
      if elements.isEmpty { output += "\(lead)[]\n" }
      if isInline, !elements.isEmpty { output += "\n" }
      for element in elements {
        output += "\(margin)-"
        element.write(indent: indent + 2, into: &output, isInline: true)
      }
    case .mapping(let entries):
      if entries.isEmpty { output += "\(lead){}\n" }
      if isInline, !entries.isEmpty { output += "\n" }
      for entry in entries {
        output += "\(margin)\(entry.key):"
        entry.value.write(indent: indent + 2, into: &output, isInline: true)
      }
    case .marked(let mark, let tree):
      output += "\(lead)\(mark)"
      tree.write(indent: indent, into: &output, isInline: true)
    }
  }

  /// The text on one line, in flow style: JSON where all scalars are.
  var line: String {
    switch self {
    case .scalar(let text): text
    case .block(_, let lines): "'\(lines.joined(separator: " "))'"
    case .sequence(let elements): "[" + elements.map(\.line).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key):\($0.value.line)" }.joined(separator: ",") + "}"
    case .marked(let mark, let tree): "\(mark) \(tree.line)"
    }
  }

  // MARK: - Places

  /// The children, of a mapping the values.
  private var children: [YAMLTree] {
    switch self {
    case .scalar, .block: []
    case .sequence(let elements): elements
    case .mapping(let entries): entries.map(\.value)
    case .marked(_, let tree): [tree]
    }
  }

  /// All keys, as they are written.
  var keys: [String] {
    switch self {
    case .scalar, .block: []
    case .sequence(let elements): elements.flatMap(\.keys)
    case .mapping(let entries): entries.flatMap { [$0.key] + $0.value.keys }
    case .marked(_, let tree): tree.keys
    }
  }

  /// The paths of all nodes, each as the indices of children from the root.
  var paths: [[Int]] {
    var paths: [[Int]] = []
    func visit(_ tree: YAMLTree, _ path: [Int]) {
      paths.append(path)
      for (index, child) in tree.children.enumerated() { visit(child, path + [index]) }
    }
    visit(self, [])
    return paths
  }

  /// The node at a path.
  subscript(path: some Collection<Int>) -> YAMLTree {
    get {
      guard let first = path.first else { return self }
      return children[first][path.dropFirst()]
    }
    set {
      guard let first = path.first else {
        self = newValue
        return
      }
      var child = children[first]
      child[path.dropFirst()] = newValue
      switch self {
      case .scalar, .block: break
      case .sequence(var elements):
        elements[first] = child
        self = .sequence(elements)
      case .mapping(var entries):
        entries[first].value = child
        self = .mapping(entries)
      case .marked(let mark, _): self = .marked(mark, child)
      }
    }
  }
}
