import Diagnostics

/// What a stretch of a report is, so that a style can decide how it looks.
package enum Role: Hashable, Sendable {
  case plain
  case level(Level)
  /// The message of a diagnostic; the question of a trace.
  case title
  /// Line numbers, bars and arrows.
  case gutter
  /// Underlines of related labels and what they say.
  case related
  case removed
  case added
}

/// How a report is dressed. The command line decides, from the terminal and `NO_COLOR`.
package struct Style: Sendable {
  /// How many columns of a source line an excerpt may show before it cuts around the carets.
  package var columns: Int
  private let code: @Sendable (Role) -> String?

  /// No colour at all: for files, pipes and `NO_COLOR`.
  package static func plain(columns: Int = 120) -> Style { Style(columns: columns) { _ in nil } }

  /// The eight colours every terminal has.
  package static func ansi(columns: Int = 120) -> Style {
    Style(columns: columns) { role in
      switch role {
      case .plain: nil
      case .level(.error): "1;31"
      case .level(.warning): "1;33"
      case .level(.note): "1;36"
      case .title: "1"
      case .gutter, .related: "1;34"
      case .removed: "31"
      case .added: "32"
      }
    }
  }

  private init(columns: Int, code: @escaping @Sendable (Role) -> String?) {
    self.columns = max(20, columns)
    self.code = code
  }

  package func paint(_ text: some StringProtocol, as role: Role) -> String {
    guard !text.isEmpty, let code = code(role) else { return String(text) }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
