import Kubernetes
import SourceText

/// The `$(NAME)` of a text that Kubernetes would replace.
struct EnvironmentReferences {
  struct Reference {
    let name: String
    /// The bytes of the text from `$` to `)`.
    let range: Range<Int>
  }

  /// Source: the expansion of k8s.io/kubernetes, third_party/forked/golang/expansion: `$$` is an escaped `$`.
  /// Only what can be a variable's name counts; `$(date +%s)` is for a shell.
  static func all(in text: ByteString) -> [Reference] {
    let bytes = text.bytes
    var found: [Reference] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      guard bytes[index + 1] == UInt8(ascii: "(") else {
        index += bytes[index + 1] == UInt8(ascii: "$") ? 2 : 1
        continue
      }
      let name = bytes[(index + 2)...].prefix(while: isNameByte)
      let end = index + 2 + name.count
      if let first = name.first, !(0x30...0x39).contains(first), end < bytes.count, bytes[end] == UInt8(ascii: ")") {
        found.append(Reference(name: String(decoding: name, as: UTF8.self), range: index..<end + 1))
      }
      index = max(end, index + 2)
    }
    return found
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_")
  }
}
