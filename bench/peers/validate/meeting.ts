import typia, { type tags } from "typia";

type Text<Min extends number, Max extends number> = string &
  tags.MinLength<Min> &
  tags.MaxLength<Max>;
type Email = string &
  tags.Pattern<"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$">;
type Range<Min extends number, Max extends number> = number & tags.Minimum<Min> & tags.Maximum<Max>;
type Positive = number & tags.Type<"uint32"> & tags.ExclusiveMinimum<0>;

interface Meeting {
  requestId: string &
    tags.Pattern<"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$">;
  title: Text<1, 120>;
  slug: string & tags.MaxLength<64> & tags.Pattern<"^[a-z0-9]+(-[a-z0-9]+)*$">;
  organizerEmail: Email;
  start: Positive;
  end: Positive;
  capacity: Range<1, 500> & tags.Type<"int32">;
  retries: number & tags.Type<"uint32"> & tags.Maximum<10>;
  budget: number & tags.Minimum<0>;
  priority: 1 | 2 | 3;
  tags: Text<1, 32>[] & tags.MinItems<1> & tags.MaxItems<16> & tags.UniqueItems;
  labels: Record<string, string & tags.MaxLength<128>>;
  attendees: { email: Email; name: Text<1, 64>; age: Range<0, 150> & tags.Type<"int32"> }[] &
    tags.MinItems<1> &
    tags.MaxItems<50>;
  location: { lat: Range<-90, 90>; lng: Range<-180, 180>; label: string & tags.MaxLength<100> };
  target:
    | { $case: "channelId"; value: string & tags.Pattern<"^C[A-Z0-9]{8,}$"> }
    | { $case: "roomId"; value: Text<1, 40> }
    | {
        $case: "webhook";
        value: {
          url: string & tags.MaxLength<2048> & tags.Pattern<"^https:\\/\\/">;
          secret: Text<16, 128>;
        };
      };
}

export const isMeeting: (input: unknown) => input is Meeting = typia.createIs<Meeting>();
