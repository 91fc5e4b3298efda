import Diagnostics
import SourceText

/// A diagnostic that a test expects, written under the guilty bytes:
///
///     tag: latest
///     #    ^^^^^^ mutable-image-tag: image `web:latest` uses the moving tag `latest`
///
/// `#<^^^` marks from the first column on. The message may be left out. Carets count characters. A range of several
/// lines is marked on its first line, to the end of it.
package struct Expectation: Hashable, Sendable {
  package var path: String
  package var range: ByteRange
  package var id: String
  /// Nil accepts any message.
  package var message: String?
}

/// A file without the markers in it, and what they said.
package struct MarkedFile: Sendable {
  package let text: ByteString
  package let expectations: [Expectation]

  package init(_ marked: ByteString, path: String) {
    var text: [UInt8] = []
    var expectations: [Expectation] = []
    var line = 0..<0
    for next in marked.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if let marker = Marker(next) {
        let range = marker.range(in: text[line], from: line.lowerBound)
        expectations.append(Expectation(path: path, range: range, id: marker.id, message: marker.message))
      } else {
        if line.lowerBound > 0 || !text.isEmpty { text.append(UInt8(ascii: "\n")) }
        line = text.count..<(text.count + next.count)
        text += next
      }
    }
    self.text = ByteString(text)
    self.expectations = expectations
  }
}

/// One line of carets.
private struct Marker {
  var columns: Range<Int>
  var id: String
  var message: String?

  init?(_ line: ArraySlice<UInt8>) {
    var column = 0
    var rest = Array(String(decoding: line, as: UTF8.self).unicodeScalars)[...]
    func skip(_ scalar: Unicode.Scalar) -> Int {
      let count = rest.prefix { $0 == scalar }.count
      rest = rest.dropFirst(count)
      column += count
      return count
    }
    _ = skip(" ")
    guard skip("#") == 1 else { return nil }
    let isFromStart = skip("<") == 1
    _ = skip(" ")
    let start = column
    guard skip("^") > 0 else { return nil }
    columns = (isFromStart ? 0 : start)..<column
    let words = String(String.UnicodeScalarView(rest)).split(separator: ":", maxSplits: 1)
    guard let id = words.first.map({ $0.filter { $0 != " " && $0 != "\r" } }), !id.isEmpty else { return nil }
    self.id = id
    message = words.count > 1 ? String(words[1].drop { $0 == " " }.filter { $0 != "\r" && $0 != "\r\n" }) : nil
  }

  /// The bytes of `line`, which starts at `offset`, above the carets.
  func range(in line: ArraySlice<UInt8>, from offset: Int) -> ByteRange {
    var starts: [Int] = []
    for index in line.indices where line[index] & 0xC0 != 0x80 { starts.append(index) }
    starts.append(line.endIndex)
    func place(_ column: Int) -> Int { column < starts.count ? starts[column] : line.endIndex }
    return ByteRange(place(columns.lowerBound), place(columns.upperBound))
  }
}
