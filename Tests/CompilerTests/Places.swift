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
