import SourceText

/// A JSON pointer in its escaped form: `/a~1b/0`.
struct JSONPointer: Hashable, Sendable {
  var text: ByteString

  static let root = JSONPointer(text: "")

  var isRoot: Bool { text.isEmpty }

  func appending(_ name: ByteString) -> JSONPointer {
    JSONPointer(text: text + "/" + JSONPointer.escaped(name))
  }

  func appending(_ index: Int) -> JSONPointer { JSONPointer(text: text + "/" + ByteString(String(index))) }

  /// The pointer without its last step; nil at the root.
  var parent: JSONPointer? {
    guard let slash = text.bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return JSONPointer(text: ByteString(text.bytes[..<slash]))
  }

  /// The steps, unescaped; nil when an escape is broken.
  var steps: [ByteString]? {
    var result: [ByteString] = []
    for step in text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
      guard let name = JSONPointer.unescaped(step) else { return nil }
      result.append(name)
    }
    return result
  }

  static func escaped(_ name: ByteString) -> ByteString {
    guard name.bytes.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
    var result = ByteString()
    for byte in name.bytes {
      switch byte {
      case UInt8(ascii: "~"): result.append("~0")
      case UInt8(ascii: "/"): result.append("~1")
      default: result.append(byte)
      }
    }
    return result
  }

  private static func unescaped(_ step: ArraySlice<UInt8>) -> ByteString? {
    guard step.contains(UInt8(ascii: "~")) else { return ByteString(step) }
    var result = ByteString()
    var isEscape = false
    for byte in step {
      switch (isEscape, byte) {
      case (true, UInt8(ascii: "0")): result.append(UInt8(ascii: "~"))
      case (true, UInt8(ascii: "1")): result.append(UInt8(ascii: "/"))
      case (true, _): return nil
      case (false, UInt8(ascii: "~")):
        isEscape = true
        continue
      case (false, _): result.append(byte)
      }
      isEscape = false
    }
    return isEscape ? nil : result
  }

  /// The pointer as part of a URL.
  var percentEncoded: ByteString { JSONPointer.percentEncoded(text) }

  /// Percent-encodes everything but slashes.
  static func percentEncoded(_ text: ByteString) -> ByteString {
    let parts = text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return ByteString(
      parts.map { PercentEncoding.encoded(ByteString($0), as: .segment).bytes }
        .joined(separator: [UInt8(ascii: "/")]))
  }
}

/// Where a schema stands: the URL of its document and its pointer in it.
struct SchemaPlace: Hashable, Sendable {
  var url: ByteString
  var pointer: JSONPointer

  var text: ByteString { url + "#" + pointer.percentEncoded }

  /// What stands at the pointer of `document`.
  func lookUp(in document: Instance) throws(SchemaFault) -> Instance {
    guard let steps = pointer.steps else { throw .invalidPointer(self) }
    var value = document
    for step in steps {
      switch value {
      case .object(let members):
        guard let member = Instance.member(step, of: members) else { throw .pointerNotFound(self) }
        value = member
      case .array(let items):
        guard let index = Int(step.string), items.indices.contains(index) else { throw .pointerNotFound(self) }
        value = items[index]
      case .null, .boolean, .number, .string, .unsupported: throw .pointerNotFound(self)
      }
    }
    return value
  }
}
