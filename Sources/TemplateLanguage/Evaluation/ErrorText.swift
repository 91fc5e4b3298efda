import SourceText
import Values

// The only place where the text of an execution error is made.
extension ExecutionError {
  /// The error as Go prints it: one line, with the errors of nested calls behind it.
  package var goText: ByteString {
    var text = ByteString()
    for (index, link) in chain.enumerated() {
      text.append(link.ownText)
      // What `tpl` and the like say before the error that they pass on.
      if index + 1 < chain.count, case .call(_, let error) = link.reason { text.append(error.message) }
    }
    return text
  }

  /// The error as `helm template` prints it behind `Error: `.
  package var helmText: ByteString {
    let links = chain
    if let message = userMessage(links), let place = links[0].place {
      return ByteString("execution error at (\(place.goLocation)): ") + message
    }
    guard links.allSatisfy(\.isTemplateError) else { return goText }
    var text = ByteString()
    for link in links { text.append(link.traceText) }
    return text.trimmingWhitespace
  }

  /// The text of `fail` or `required`, wherever in the chain it was called.
  private func userMessage(_ links: [ExecutionError]) -> ByteString? {
    guard case .call(_, let error) = links[links.count - 1].reason, error.kind == .userMessage else { return nil }
    return error.message
  }

  /// True when Go's text of the link is all text/template's own, so that Helm can take it apart.
  private var isTemplateError: Bool {
    switch reason {
    case .complaint, .limit, .missingTemplate, .undefinedTemplate: true
    case .call(_, let error): error.cause is ExecutionError && error.message.isEmpty
    }
  }

  /// This link's part of Go's text, up to where a nested error begins.
  private var ownText: ByteString {
    guard let place else { return message }
    return ByteString("template: \(place.goLocation): executing ") + GoQuote.quote(place.template) + " at <"
      + place.goContext + ">: " + message
  }

  private var message: ByteString {
    switch reason {
    case .complaint(let text), .limit(let text): text
    case .call(let name, let error):
      "error calling " + name + ": " + (error.cause is ExecutionError ? ByteString() : error.message)
    case .undefinedTemplate(let name): "template " + GoQuote.quote(name) + " not defined"
    case .missingTemplate(let name):
      "template: no template " + GoQuote.quote(name) + " associated with template \"gotpl\""
    }
  }

  /// Helm's lines for one link.
  private var traceText: ByteString {
    guard let place else { return message + "\n" }
    var text = ByteString("\(place.goLocation)\n  executing ")
    text.append(GoQuote.quote(place.template) + " at <" + place.goContext + ">:\n    ")
    if case .call(let name, _) = reason {
      text.append("error calling " + name + ":")
    } else {
      text.append(message)
    }
    text.append("\n")
    return text
  }
}

extension ByteString {
  /// Without Unicode's white space at both ends.
  var trimmingWhitespace: ByteString {
    bytes.withUnsafeBufferPointer { bytes in
      var (start, end) = (0, bytes.count)
      while start < end {
        let (rune, width) = Runes.decode(bytes, at: start)
        guard Runes.isSpace(rune) else { break }
        start += width
      }
      while end > start {
        let (rune, width) = Runes.decodeLast(bytes, before: end)
        guard Runes.isSpace(rune) else { break }
        end -= width
      }
      return ByteString(Array(bytes[start..<end]))
    }
  }
}
