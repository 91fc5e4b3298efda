import SourceText

/// Commands that run another command: the words are looked through to the one that counts.
struct Wrappers {
  /// The words from the program on that does the work.
  private(set) var words: ArraySlice<ResolvedWord>
  /// More words come from a pipe: `xargs`.
  private(set) var hasMoreWords = false

  init(_ words: ArraySlice<ResolvedWord>) {
    self.words = words
    for _ in 0..<6 {
      guard let first = self.words.first, let name = first.text.constant, unwrap(GoPath.base(name).string) else {
        return
      }
    }
  }

  /// Takes one wrapper off; false when there is none.
  private mutating func unwrap(_ program: String) -> Bool {
    var rest = words.dropFirst()
    switch program {
    case "command", "exec", "nohup", "builtin", "stdbuf", "ionice", "setsid", "unbuffer", "chronic", "winpty":
      skipFlags(&rest, valued: [])
    case "time": skipFlags(&rest, valued: ["-o", "-f"])
    case "sudo", "doas": skipFlags(&rest, valued: ["-u", "-g", "-h", "-p", "-C", "-r", "-t", "-U", "-D"])
    case "nice": skipFlags(&rest, valued: ["-n"])
    case "env":
      skipFlags(&rest, valued: ["-u", "-C", "-S"])
      rest = rest.drop { $0.text.literalPrefix.bytes.contains(Ascii.equals) }
    case "timeout":
      skipFlags(&rest, valued: ["-s", "-k", "--signal", "--kill-after"])
      rest = rest.dropFirst()
    case "xargs":
      skipFlags(&rest, valued: ["-n", "-I", "-P", "-L", "-d", "-E", "-s", "-a"])
      hasMoreWords = true
    case "microk8s", "k3s", "k0s", "minikube":
      guard rest.first?.text.constant == "kubectl" else { return false }
      if rest.dropFirst().first?.text.constant == "--" { rest = rest.prefix(1) + rest.dropFirst(2) }
    case let name where name.hasPrefix("retry"):
      skipFlags(&rest, valued: ["-t", "-n", "-d", "-s", "--times", "--delay"])
      rest = rest.drop { Int($0.text.constant?.string ?? "") != nil || $0.text.constant == "--" }
    default: return false
    }
    guard !rest.isEmpty else { return false }
    words = rest
    return true
  }

  private func skipFlags(_ rest: inout ArraySlice<ResolvedWord>, valued: Set<String>) {
    while let word = rest.first, word.text.literalPrefix.bytes.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
      let flag = word.text.constant?.string ?? ""
      if flag == "--" { return }
      if valued.contains(flag) { rest = rest.dropFirst() }
    }
  }
}
