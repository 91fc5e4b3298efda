import SourceText

/// Go's `http.DetectContentType`, which Helm asks what a file that is no archive might be.
enum ContentSniffing {
  /// The type of a file that is not gzip'd; nil when it is.
  ///
  /// As in Helm the first 512 bytes are looked at, and a shorter file counts as filled up with zeros.
  static func mismatch(_ bytes: [UInt8]) -> String? {
    var head = Array(bytes.prefix(512))
    if head.starts(with: [0x1F, 0x8B, 8]) { return nil }
    head += repeatElement(0, count: 512 - head.count)
    return type(of: head)
  }

  private static func type(of head: [UInt8]) -> String {
    let text = head.drop(while: isBlank)
    if isHTML(text) { return "text/html; charset=utf-8" }
    if text.starts(with: "<?xml".utf8) { return "text/xml; charset=utf-8" }
    if let row = signatures.first(where: { matches(head, $0.bytes) }) { return row.type }
    if isMP4(head) { return "video/mp4" }
    return text.contains(where: isBinary) ? "application/octet-stream" : "text/plain; charset=utf-8"
  }

  /// The first bytes of a kind of file; nil stands for any byte.
  private static let signatures: [(bytes: [UInt8?], type: String)] = [
    (text("%PDF-"), "application/pdf"), (text("%!PS-Adobe-"), "application/postscript"),
    ([0xFE, 0xFF], "text/plain; charset=utf-16be"), ([0xFF, 0xFE], "text/plain; charset=utf-16le"),
    ([0xEF, 0xBB, 0xBF], "text/plain; charset=utf-8"),
    ([0, 0, 1, 0], "image/x-icon"), ([0, 0, 2, 0], "image/x-icon"), (text("BM"), "image/bmp"),
    (text("GIF87a"), "image/gif"), (text("GIF89a"), "image/gif"),
    (text("RIFF") + gap + text("WEBPVP"), "image/webp"),
    ([0x89] + text("PNG\r\n\u{1A}\n"), "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
    (text("FORM") + gap + text("AIFF"), "audio/aiff"), (text("ID3"), "audio/mpeg"),
    (text("OggS\0"), "application/ogg"), (text("MThd\0\0\0\u{6}"), "audio/midi"),
    (text("RIFF") + gap + text("AVI "), "video/avi"), (text("RIFF") + gap + text("WAVE"), "audio/wave"),
    ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
    ([UInt8?](repeating: nil, count: 34) + text("LP"), "application/vnd.ms-fontobject"),
    ([0, 1, 0, 0], "font/ttf"), (text("OTTO"), "font/otf"), (text("ttcf"), "font/collection"),
    (text("wOFF"), "font/woff"), (text("wOF2"), "font/woff2"), (text("PK\u{3}\u{4}"), "application/zip"),
    (text("Rar!\u{1A}\u{7}\0"), "application/x-rar-compressed"),
    (text("Rar!\u{1A}\u{7}\u{1}\0"), "application/x-rar-compressed"), (text("\0asm"), "application/wasm"),
  ]
  private static let gap: [UInt8?] = [nil, nil, nil, nil]

  private static func text(_ text: String) -> [UInt8?] { text.utf8.map { $0 } }

  private static func matches(_ head: [UInt8], _ signature: [UInt8?]) -> Bool {
    zip(head, signature).allSatisfy { $1 == nil || $0 == $1 }
  }

  private static let tags = [
    "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE",
    "<TITLE", "<B", "<BODY", "<BR", "<P", "<!--",
  ]

  /// A tag in any case, with a blank or `>` behind it.
  private static func isHTML(_ text: ArraySlice<UInt8>) -> Bool {
    tags.contains { tag in
      let length = tag.utf8.count
      guard text.count > length else { return false }
      let start = text.prefix(length).map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 ? $0 & 0xDF : $0 }
      let next = text[text.startIndex + length]
      return start.elementsEqual(tag.utf8) && (next == UInt8(ascii: " ") || next == UInt8(ascii: ">"))
    }
  }

  /// A box `ftyp` at the start, one of whose brands begins with `mp4`.
  private static func isMP4(_ head: [UInt8]) -> Bool {
    let size = head[..<4].reduce(0) { $0 << 8 | Int($1) }
    guard size >= 12, size % 4 == 0, size <= head.count, head[4..<8].elementsEqual("ftyp".utf8) else { return false }
    return stride(from: 8, to: size, by: 4).contains { $0 != 12 && head[$0...].starts(with: "mp4".utf8) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D || byte == 0x20
  }

  private static func isBinary(_ byte: UInt8) -> Bool {
    byte <= 0x08 || byte == 0x0B || 0x0E...0x1A ~= byte || 0x1C...0x1F ~= byte
  }
}
