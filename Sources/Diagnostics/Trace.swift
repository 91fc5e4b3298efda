import SourceText

/// Where the bytes of one rendered field came from: the answer of `slipway why`.
package struct Trace: Hashable, Sendable {
  package var rendered: RenderedLocation
  /// The field as it was printed.
  package var text: ByteString
  /// In the order of the text.
  package var pieces: [Piece]

  package init(rendered: RenderedLocation, text: ByteString, pieces: [Piece]) {
    self.rendered = rendered
    self.text = text
    self.pieces = pieces
  }

  /// A stretch of the field with one origin.
  package struct Piece: Hashable, Sendable {
    package var text: ByteString
    package var printer: Printer
    /// The calls under which it was printed, the innermost first.
    package var calls: [Call]
    /// What supplied the bytes; nil for template text.
    package var source: Source?

    package init(text: ByteString, printer: Printer, calls: [Call], source: Source?) {
      self.text = text
      self.printer = printer
      self.calls = calls
      self.source = source
    }
  }

  /// What wrote a piece into the output.
  package enum Printer: Hashable, Sendable {
    /// Text of a template: exactly these bytes.
    case templateText(SourceRange)
    /// An action.
    case action(SourceRange)
    case unknown
  }

  /// An `include`, `template` or `tpl`.
  package struct Call: Hashable, Sendable {
    /// The name of the template that was called.
    package var template: String
    package var place: SourceRange?

    package init(template: String, place: SourceRange?) {
      self.template = template
      self.place = place
    }
  }

  /// What supplied bytes.
  package indirect enum Source: Hashable, Sendable {
    /// A scalar of a values file, of another file of the chart, or of an argument; `path` names it among the values
    /// (`image.tag`), nil for another file. `overridden` lists the places that lost to it, the latest first.
    case value(path: String?, place: SourceRange, overridden: [SourceRange])
    /// A field of a Chart.yaml, by its name below `.Chart`.
    case chart(field: String, place: SourceRange)
    /// A constant within an action.
    case constant(SourceRange)
    /// What the program supplies, for example `.Release.Name`.
    case builtIn(String)
    /// A function that mixes its inputs beyond recognition.
    case derived(function: String, inputs: [Source])
    case unknown
  }
}
