import {
  type Attributes,
  type AttributeValue,
  INVALID_SPAN_CONTEXT,
  type Link,
  type Span,
  type SpanContext,
  type SpanStatus,
  type TimeInput,
} from "@opentelemetry/api";

type Exception = Parameters<Span["recordException"]>[0];

/**
 * Stands in a context for a span that cannot begin yet, as its trace is not
 * known. Until then it is no span: nothing becomes part of a wrong trace.
 */
export class LateSpan implements Span {
  #span: Span | undefined;

  /** The span that it stood for. */
  begin(span: Span): void {
    this.#span = span;
  }

  spanContext(): SpanContext {
    return this.#span?.spanContext() ?? INVALID_SPAN_CONTEXT;
  }
  isRecording(): boolean {
    return this.#span?.isRecording() ?? false;
  }
  setAttribute(key: string, value: AttributeValue): this {
    this.#span?.setAttribute(key, value);
    return this;
  }
  setAttributes(attributes: Attributes): this {
    this.#span?.setAttributes(attributes);
    return this;
  }
  addEvent(name: string, attributes?: Attributes | TimeInput, time?: TimeInput): this {
    this.#span?.addEvent(name, attributes, time);
    return this;
  }
  addLink(link: Link): this {
    this.#span?.addLink(link);
    return this;
  }
  addLinks(links: Link[]): this {
    this.#span?.addLinks(links);
    return this;
  }
  setStatus(status: SpanStatus): this {
    this.#span?.setStatus(status);
    return this;
  }
  updateName(name: string): this {
    this.#span?.updateName(name);
    return this;
  }
  end(time?: TimeInput): void {
    this.#span?.end(time);
  }
  recordException(exception: Exception, time?: TimeInput): void {
    this.#span?.recordException(exception, time);
  }
}
