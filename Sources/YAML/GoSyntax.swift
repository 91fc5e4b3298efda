import SourceText
import Values

/// A decoded value as Go's `%#v` prints it; go-yaml shows the keys that it cannot use so.
struct GoSyntax {
  /// The text of a scalar, which has no elements.
  private var scalar = ""
  /// What a map orders its keys by.
  private var order: Order
  private var elements: [GoSyntax] = []
  private let form: Form

  private enum Form { case scalar, list, map }

  /// Deeper levels are left out of a message.
  static let maximumDepth = 100

  private enum Order {
    case number(Double)
    case text([UInt8])
    case none
  }

  private static let null = "interface {}(nil)"

  init(isMap: Bool) {
    form = isMap ? .map : .list
    order = .none
  }

  /// The text as a whole, put together when a message needs it.
  var text: String {
    switch form {
    case .scalar: scalar
    case .list: "[]interface {}{" + elements.map(\.text).joined(separator: ", ") + "}"
    case .map: "map[interface {}]interface {}{" + pairs.joined(separator: ", ") + "}"
    }
  }

  /// A scalar; `bytes` is the text of a string.
  init(_ resolved: Resolved, text bytes: [UInt8]) {
    form = .scalar
    order = .none
    switch resolved {
    case .null: scalar = GoSyntax.null
    case .bool(let bool):
      scalar = bool ? "true" : "false"
      order = .number(bool ? 1 : 0)
    case .integer(let integer):
      scalar = String(integer)
      order = .number(Double(integer))
    case .unsigned(let integer):
      scalar = "0x" + String(integer, radix: 16)
      order = .number(Double(integer))
    case .float(let number):
      scalar = GoFloat.general(number).string
      order = .number(number)
    case .string:
      scalar = GoQuote.quoted(ByteString(bytes)).string
      order = .text(bytes)
    }
  }

  /// A value whose YAML types are not known any more; a number without a fraction counts as an integer.
  init(of value: Value, depth: Int = 0) {
    self.init(isMap: value.asMap != nil)
    guard depth < GoSyntax.maximumDepth else { return }
    switch value.datum {
    case .string(let text): self.init(.string, text: text.bytes)
    case .bool(let bool): self.init(.bool(bool), text: [])
    case .integer(let integer, .uint64): self.init(.unsigned(UInt64(bitPattern: integer)), text: [])
    case .integer(let integer, _): self.init(.integer(integer), text: [])
    case .float(let number):
      self.init(Int64(exactly: number).map { .integer($0) } ?? .float(number), text: [])
    case .list(let list):
      for element in list.elements { append(element: GoSyntax(of: element, depth: depth + 1)) }
    case .map(let map):
      for entry in map.entries {
        append(element: GoSyntax(.string, text: entry.key.bytes))
        append(element: GoSyntax(of: entry.value, depth: depth + 1))
      }
    default: self.init(.null, text: [])
    }
  }

  /// Adds an element of a list; or of a map, by turns a key and its value.
  mutating func append(element: GoSyntax) { elements.append(element) }

  private var pairs: [String] {
    stride(from: 0, to: elements.count - 1, by: 2)
      .sorted { GoSyntax.precedes(elements[$0].order, elements[$1].order) }
      .map { elements[$0].text + ":" + elements[$0 + 1].text }
  }

  private static func precedes(_ left: Order, _ right: Order) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
    case (.text, .number): true
    default: false
    }
  }

  /// The conversion's message about a key that no JSON object can have.
  static func unsupportedKey(_ key: Resolved, value: String) -> String {
    let shown = value == null ? "<nil>" : value
    guard case .unsigned(let number) = key else {
      return "unsupported map key of type: %!s(<nil>), key: <nil>, value: \(shown)"
    }
    return "unsupported map key of type: uint64, key: 0x\(String(number, radix: 16)), value: \(shown)"
  }
}
