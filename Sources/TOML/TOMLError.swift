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
