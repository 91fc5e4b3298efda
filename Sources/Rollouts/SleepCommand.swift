/// Reads how long a command sleeps: `sleep 10`, `/bin/sleep 10`, `sh -c "sleep 10; nginx -s quit"`.
package enum SleepCommand {
  private static let shells: Set<String> = ["sh", "bash", "ash", "dash"]

  /// Nil for a command whose time cannot be told. Words as the container runtime gets them.
  package static func time(of words: [String]) -> Seconds? {
    guard let first = words.first else { return nil }
    if shells.contains(name(of: first)) {
      guard let flag = words.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }), flag == 1,
        words.count == flag + 2
      else { return nil }
      return time(ofScript: words[flag + 1])
    }
    return name(of: first) == "sleep" ? sum(words.dropFirst()) : nil
  }

  /// The literal sleeps of a script, joined by `;`, `&&` or new lines, are added up. What follows the last sleep counts
  /// as the start of the process's own end; a script without any sleep, or with one whose length is not written, is
  /// not known.
  private static func time(ofScript script: String) -> Seconds? {
    var total: Seconds?
    for command in commands(of: script) {
      let words = command.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard let first = words.first else { continue }
      if name(of: first) == "sleep" {
        guard let time = sum(words.dropFirst()) else { return nil }
        total = (total ?? 0) + time
      } else if blocks.contains(first) {
        return nil
      }
    }
    return total
  }

  /// Words that make the number of runs unknown.
  private static let blocks: Set<String> = ["while", "until", "for", "if", "case", "{", "("]

  private static func commands(of script: String) -> [String] {
    script.replacing("&&", with: ";").replacing("\n", with: ";").split(separator: ";").map(String.init)
  }

  private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// `sleep` adds its arguments.
  private static func sum(_ arguments: ArraySlice<String>) -> Seconds? {
    guard !arguments.isEmpty else { return nil }
    var total: Seconds = 0
    for argument in arguments {
      guard let time = duration(argument) else { return nil }
      total = total + time
    }
    return total
  }

  /// `10`, `10s`, `1.5m`, `1h`, in quotes or not; parts of a second are dropped.
  private static func duration(_ text: String) -> Seconds? {
    let bare = text.filter { $0 != "\"" && $0 != "'" }
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let last = bare.last else { return nil }
    let digits = units[last] == nil ? bare : String(bare.dropLast())
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }), let number = Double(digits),
      number >= 0, number < 1e9
    else { return nil }
    return Seconds(Int(number * (units[last] ?? 1)))
  }
}
