import Kubernetes
import SourceText

/// A heap size that a container is told, in bytes.
struct HeapSize {
  /// Where it is written: the flag's bytes.
  let place: Place
  /// The size as a message quotes it.
  let text: String
  let bytes: Int

  enum Reading {
    case size(Int)
    /// Left to a shell or to the environment.
    case expanded
  }

  /// The sizes of a Java machine: a number with `k`, `m`, `g` or `t`. Source: the manual of `java`, -Xmx.
  static func java(_ text: Substring) -> Reading? {
    read(text, ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40])
  }

  /// Mebibytes. Source: the options of Node.js, --max-old-space-size.
  static func node(_ text: Substring) -> Reading? { read(text, ["": 1 << 20]) }

  /// Source: package runtime of Go, GOMEMLIMIT.
  static func go(_ text: Substring) -> Reading? {
    read(text, ["": 1, "b": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40])
  }

  private static func read(_ text: Substring, _ units: [String: Int]) -> Reading? {
    if text.contains("$") || text.contains("%") { return .expanded }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), let unit = units[text.dropFirst(digits.count).lowercased()] else { return nil }
    let (bytes, isOverflow) = number.multipliedReportingOverflow(by: unit)
    return isOverflow ? nil : .size(bytes)
  }
}

/// Looks for the heap size that counts in a container.
struct HeapSearch {
  private(set) var found: HeapSize?
  /// Some size is left to a shell or the environment.
  private(set) var isExpanded = false

  private static let javaVariables: Set<String> = [
    "JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CATALINA_OPTS",
  ]

  init(_ container: Container) {
    for variable in container.environment {
      guard let node = variable.value else { continue }
      if Self.javaVariables.contains(variable.name) { addFlags(in: node, java: true, node: false) }
      if variable.name == "NODE_OPTIONS" { addFlags(in: node, java: false, node: true) }
      if variable.name == "GOMEMLIMIT", let text = node.scalar {
        add(HeapSize.go(Substring(text)), text, .value(node))
      }
    }
    for node in container.commandLine { addFlags(in: node, java: true, node: true) }
    addSeparated(container.commandLine)
  }

  private mutating func addFlags(in node: Node, java: Bool, node isNode: Bool) {
    guard let text = node.scalarBytes else { return }
    for word in Self.words(text) {
      let flag = text[word].string
      let place = Place.bytes(node, word)
      if java, flag.hasPrefix("-Xmx") { add(HeapSize.java(flag.dropFirst(4)), String(flag.dropFirst(4)), place) }
      if java, flag.hasPrefix("-XX:MaxHeapSize=") {
        add(HeapSize.java(flag.dropFirst(16)), String(flag.dropFirst(16)), place)
      }
      let plain = String(flag.map { $0 == "_" ? "-" : $0 })
      if isNode, plain.hasPrefix("--max-old-space-size=") {
        add(HeapSize.node(flag.dropFirst(21)), "\(flag.dropFirst(21)) MiB", place)
      }
    }
  }

  /// `--max-old-space-size` with its number in the next argument.
  private mutating func addSeparated(_ arguments: [Node]) {
    for (flag, number) in zip(arguments, arguments.dropFirst()) {
      guard ["--max-old-space-size", "--max_old_space_size"].contains(flag.scalar ?? ""), let text = number.scalar
      else { continue }
      add(HeapSize.node(Substring(text)), "\(text) MiB", .value(number))
    }
  }

  /// Of several sizes the last one counts.
  private mutating func add(_ reading: HeapSize.Reading?, _ text: String, _ place: Place) {
    switch reading {
    case .size(let bytes):
      found = HeapSize(place: place, text: text, bytes: bytes)
      isExpanded = false
    case .expanded: isExpanded = true
    case nil: break
    }
  }

  /// The stretches between blanks and quotes.
  private static func words(_ text: ByteString) -> [Range<Int>] {
    let isGap = { (byte: UInt8) in byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
    var words: [Range<Int>] = []
    var start: Int?
    for (index, byte) in text.bytes.enumerated() {
      if isGap(byte) {
        if let from = start { words.append(from..<index) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { words.append(start..<text.count) }
    return words
  }
}
