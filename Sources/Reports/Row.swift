/// A row of an excerpt below a source line: characters at columns, then a message.
struct Row {
  private var cells: [(text: Character, role: Role)] = []
  private var tail: (text: String, role: Role)?

  var isEmpty: Bool { cells.isEmpty && tail == nil }

  mutating func pad(to column: Int) {
    while cells.count < column { cells.append((" ", .plain)) }
  }

  /// Puts ASCII text at a column, over what stands there.
  mutating func put(_ text: String, at column: Int, role: Role) {
    pad(to: column)
    for (index, character) in text.enumerated() {
      if column + index < cells.count {
        cells[column + index] = (character, role)
      } else {
        cells.append((character, role))
      }
    }
  }

  /// Ends the row with a message, after a blank.
  mutating func say(_ message: String, role: Role) {
    guard !message.isEmpty else { return }
    pad(to: cells.count + 1)
    tail = (message, role)
  }

  /// Ends the row with a message.
  mutating func append(_ message: String, role: Role) { tail = (message, role) }

  func text(_ style: Style) -> String {
    var result = ""
    var index = 0
    while index < cells.count {
      let role = cells[index].role
      var end = index
      while end < cells.count, cells[end].role == role { end += 1 }
      result += style.paint(String(cells[index..<end].map(\.text)), as: role)
      index = end
    }
    if let tail { result += style.paint(tail.text, as: tail.role) }
    return result
  }
}
