import Diagnostics
import Reports
import SourceText

/// The first place of `text` in `file`.
func place(of text: String, in file: SourceFile) -> SourceRange {
  let wanted = Array(text.utf8)
  let last = file.text.count - wanted.count
  for start in 0...max(0, last) where Array(file.text.bytes[start...].prefix(wanted.count)) == wanted {
    return SourceRange(file, ByteRange(start, start + wanted.count))
  }
  return SourceRange(file, ByteRange(file.text.count, file.text.count))
}

/// A diagnostic on the first place of `text`.
func sample(_ text: String, in file: SourceFile, _ message: String = "", related: [Label] = []) -> Diagnostic {
  Diagnostic(
    id: "sample", level: .error, message: "something is wrong", primary: Label(place(of: text, in: file), message),
    related: related)
}

/// The report of one diagnostic without colours.
func plain(_ diagnostic: Diagnostic, columns: Int = 120) -> String {
  TextReport(style: .plain(columns: columns)).text(of: diagnostic)
}
