import SourceText
import Values

/// Why a text is not TOML: the message of BurntSushi/toml (`toml: line 1: expected …`) and where.
package struct TOMLError: Error, Hashable, Sendable {
  package var message: String
  /// UTF-8 offset in the text that was read.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}

/// Reads TOML as BurntSushi/toml reads it into `map[string]interface {}`.
package enum TOMLReader {
  /// The value of `text`; each scalar keeps the runs of the bytes it was read from. `origin` is the origin of the
  /// value that holds `text`, used where it has no runs.
  package static func value(of text: Text, origin: OriginID, tracking: Bool) throws(TOMLError) -> Value {
    throw TOMLError(message: "not yet", offset: 0)
  }
}

/// Writes TOML as BurntSushi/toml does.
package enum TOMLWriter {
  package static func text(of value: Value, tracking: Bool) throws(FunctionError) -> Text {
    throw FunctionError("not yet")
  }
}
