import SourceText

/// A block of PEM text, as Go's `encoding/pem` reads and writes it.
struct PEMBlock {
  var type: ByteString
  var bytes: [UInt8]

  init(type: ByteString, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }

  /// Lines of 64 characters, the last one ended too.
  var text: ByteString {
    var out: ByteString = "-----BEGIN " + type + "-----\n"
    let encoded = Base64.encode(bytes)
    for start in stride(from: 0, to: encoded.count, by: 64) {
      out.append(encoded[start..<min(start + 64, encoded.count)])
      out.append(UInt8(ascii: "\n"))
    }
    return out + "-----END " + type + "-----\n"
  }

  /// The first block that can be read; whatever stands around it is passed over.
  init?(in text: ByteString) {
    var lines = text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst() {
      guard let type = PEMBlock.type(of: line, "-----BEGIN ") else { continue }
      if let block = PEMBlock(type: type, body: lines) {
        self = block
        return
      }
    }
    return nil
  }

  private init?(type: ByteString, body: ArraySlice<ArraySlice<UInt8>>) {
    var lines = body
    // Headers such as `Proc-Type: 4,ENCRYPTED` come first.
    while let line = lines.first, line.contains(UInt8(ascii: ":")) { lines.removeFirst() }
    var encoded: [UInt8] = []
    while let line = lines.popFirst() {
      if let end = PEMBlock.type(of: line, "-----END ") {
        guard end == type, let bytes = try? Base64.decode(encoded) else { return nil }
        self.init(type: type, bytes: bytes)
        return
      }
      encoded += line.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != 13 }
    }
    return nil
  }

  private static func type(of line: ArraySlice<UInt8>, _ start: String) -> ByteString? {
    var line = line
    while let last = line.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") || last == 13 {
      line.removeLast()
    }
    guard line.starts(with: start.utf8), line.suffix(5).elementsEqual("-----".utf8),
      line.count >= start.utf8.count + 5
    else { return nil }
    return ByteString(line.dropFirst(start.utf8.count).dropLast(5))
  }
}
