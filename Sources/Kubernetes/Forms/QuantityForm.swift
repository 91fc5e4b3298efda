/// The grammar of resource quantities: `500m`, `1.5Gi`, `1e3`.
package enum QuantityForm {
  package static func isValid(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
    let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
    guard number.contains(where: \.isNumber), number.count(where: { $0 == "." }) <= 1 else { return false }
    let suffix = rest.dropFirst(number.count)
    return suffixes.contains(String(suffix)) || isExponent(suffix)
  }

  private static let suffixes: Set<String> = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
  ]

  private static func isExponent(_ suffix: Substring) -> Bool {
    guard suffix.first == "e" || suffix.first == "E" else { return false }
    var digits = suffix.dropFirst()
    if digits.first == "+" || digits.first == "-" { digits = digits.dropFirst() }
    return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
