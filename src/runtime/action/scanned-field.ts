/**
 * A field that a scanner has to see, or below which there is one: what the
 * generator prints for `(bot.action.v1.field).scan`.
 */
export interface ScannedField {
  /** The field's name in the .proto. */
  readonly name: string;
  /** The property that holds it; of a member of a oneof, what the group says if it is selected. */
  readonly property: string;
  /** The property of the oneof that the field belongs to. */
  readonly group?: string;
  /** True if the field is a map, whose values are of that message. */
  readonly map?: true;
  /** The message that says what is scanned of the field. Without it, all is. */
  readonly message?: () => Scannable;
}

/** What says which fields of its messages are scanned. */
export interface Scannable {
  readonly scan?: readonly ScannedField[];
}
