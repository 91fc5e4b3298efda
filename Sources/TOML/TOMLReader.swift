import SourceText
import Values

/// Reads TOML as BurntSushi/toml reads it into `map[string]interface {}`: integers are int64, dates are times.
package enum TOMLReader {
  /// The value of `text`; each scalar keeps the runs of the bytes it was read from. `origin` is the origin of the
  /// value that holds `text`, used where it has no runs.
  package static func value(of text: Text, origin: OriginID, tracking: Bool) throws(TOMLError) -> Value {
    let places: ScalarPlaces = tracking ? .text(text, origin) : .untracked
    let result: Result<Value, TOMLError> = text.bytes.withUnsafeBufferPointer { bytes in
      do throws(TOMLError) {
        var parser = TOMLParser(TOMLScanner(bytes), places: places)
        return .success(try parser.parse())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
