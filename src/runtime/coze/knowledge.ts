import type { JsonRecord } from "../http/json-body.ts";
import { type ApiRequest, pathOf } from "./api-request.ts";
import { type ApiSession, callApi, callForData } from "./call-api.ts";
import { listIn, numberIn, recordIn, textIn, timeIn } from "./read-record.ts";

/**
 * Knowledge bases: which there are, and what is in them. The platform's API has
 * no call that retrieves by meaning; a workflow with a knowledge node does, and
 * `workflows.run` gives its answer.
 */
export interface Knowledge {
  /** The knowledge bases of a workspace, by name if one is given. */
  list(options: KnowledgeQuery): Promise<Page<KnowledgeBase>>;
  /** The files in a knowledge base. */
  documents(datasetId: string, options?: PageQuery): Promise<Page<KnowledgeDocument>>;
  /** The images in a knowledge base, by what their captions say if a keyword is given. */
  images(datasetId: string, options?: ImageQuery): Promise<Page<KnowledgeImage>>;
}

/** Which part of a list. */
export interface PageQuery {
  /** 1 is the first, and what is taken if left out. */
  readonly page?: number | undefined;
  /** How many there are in a page; 10 if left out. */
  readonly pageSize?: number | undefined;
}

/** Part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all pages. */
  readonly total: number;
}

/** Which knowledge bases. */
export interface KnowledgeQuery extends PageQuery {
  readonly spaceId: string;
  /** A part of the name. */
  readonly name?: string | undefined;
  readonly kind?: KnowledgeKind | undefined;
}

/** Which images. */
export interface ImageQuery extends PageQuery {
  readonly keyword?: string | undefined;
  readonly hasCaption?: boolean | undefined;
}

/** What is in a knowledge base. */
export type KnowledgeKind = "text" | "table" | "image";

/** How far the platform has come with a file. */
export type DocumentStatus = "processing" | "ready" | "failed";

/** A knowledge base. */
export interface KnowledgeBase {
  readonly datasetId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: KnowledgeKind | undefined;
  readonly enabled: boolean;
  readonly documentCount: number;
  readonly sliceCount: number;
  readonly updatedAt: Date | undefined;
}

/** A file in a knowledge base. */
export interface KnowledgeDocument {
  readonly documentId: string;
  readonly name: string;
  /** The file's extension, for example `pdf`. */
  readonly type: string;
  readonly kind: KnowledgeKind | undefined;
  readonly status: DocumentStatus | undefined;
  /** In bytes. */
  readonly size: number;
  readonly charCount: number;
  readonly sliceCount: number;
  readonly hitCount: number;
  readonly updatedAt: Date | undefined;
}

/** An image in a knowledge base. */
export interface KnowledgeImage {
  readonly documentId: string;
  readonly name: string;
  readonly url: string;
  readonly caption: string;
  readonly status: DocumentStatus | undefined;
}

/** By the platform's number. */
const kinds: readonly KnowledgeKind[] = ["text", "table", "image"];

export function createKnowledge(session: ApiSession): Knowledge {
  return {
    async list({ spaceId, name, kind, page, pageSize }) {
      const query = {
        space_id: spaceId,
        name,
        format_type: kind === undefined ? undefined : kinds.indexOf(kind),
        page_num: page,
        page_size: pageSize,
      };
      const request: ApiRequest = { method: "GET", path: "/v1/datasets", query, safe: true };
      const data = await callForData(session, request);
      return {
        items: listIn(data, "dataset_list", readBase),
        total: numberIn(data, "total_count"),
      };
    },

    async documents(datasetId, { page, pageSize } = {}) {
      const request: ApiRequest = {
        method: "POST",
        path: "/open_api/knowledge/document/list",
        // The SDK says page_size, which the platform does not know here.
        body: { dataset_id: datasetId, page, size: pageSize },
        // Without it ids come as numbers, rounded.
        headers: { "agw-js-conv": "str" },
        safe: true,
      };
      const answer = await callApi(session, request);
      // A coze-studio has it in data.
      const body = recordIn(answer, "data") ?? answer;
      return {
        items: listIn(body, "document_infos", readDocument),
        total: numberIn(body, "total"),
      };
    },

    async images(datasetId, { keyword, hasCaption, page, pageSize } = {}) {
      const request: ApiRequest = {
        method: "GET",
        path: pathOf`/v1/datasets/${datasetId}/images`,
        query: { keyword, has_caption: hasCaption, page_num: page, page_size: pageSize },
        safe: true,
      };
      const data = await callForData(session, request);
      return {
        items: listIn(data, "photo_infos", readImage),
        total: numberIn(data, "total_count"),
      };
    },
  };
}

function readBase(item: JsonRecord): KnowledgeBase {
  return {
    datasetId: textIn(item, "dataset_id"),
    name: textIn(item, "name"),
    description: textIn(item, "description"),
    kind: kinds[numberIn(item, "format_type")],
    enabled: numberIn(item, "status") === 1,
    documentCount: numberIn(item, "doc_count"),
    sliceCount: numberIn(item, "slice_count"),
    updatedAt: timeIn(item, "update_time"),
  };
}

function readDocument(item: JsonRecord): KnowledgeDocument {
  return {
    documentId: textIn(item, "document_id"),
    name: textIn(item, "name"),
    type: textIn(item, "type"),
    kind: kinds[numberIn(item, "format_type")],
    status: statusIn(item),
    size: numberIn(item, "size"),
    charCount: numberIn(item, "char_count"),
    sliceCount: numberIn(item, "slice_count"),
    hitCount: numberIn(item, "hit_count"),
    updatedAt: timeIn(item, "update_time"),
  };
}

function readImage(item: JsonRecord): KnowledgeImage {
  return {
    documentId: textIn(item, "document_id"),
    name: textIn(item, "name"),
    url: textIn(item, "url"),
    caption: textIn(item, "caption"),
    status: statusIn(item),
  };
}

function statusIn(item: JsonRecord): DocumentStatus | undefined {
  const status: Readonly<Record<number, DocumentStatus>> = {
    0: "processing",
    1: "ready",
    9: "failed",
  };
  return status[numberIn(item, "status")];
}
