/** A distribution as stored, by its id. */
export interface Distribution {
  /** `E2QWRUHAPOMQZL` */
  readonly id: string;
  readonly enabled: boolean;
  readonly comment: string;
  /** Without a slash before it; what `/` answers. */
  readonly defaultRootObject: string;
  /** The bucket that it serves, and the folder in it: empty, or `/site`. */
  readonly origin: { readonly bucket: string; readonly path: string };
  readonly compress: boolean;
  readonly responseHeadersPolicyId?: string;
  /** What takes the place of an origin's error, by the error's status. */
  readonly errorResponses: readonly ErrorResponse[];
}

export interface ErrorResponse {
  readonly errorCode: number;
  readonly responseCode: number;
  /** `/index.html` */
  readonly pagePath: string;
}

/** A policy's headers as they are sent, by its id; with `override`, in place of what the origin says. */
export interface ResponseHeadersPolicy {
  readonly id: string;
  readonly name: string;
  readonly headers: readonly { readonly name: string; readonly value: string; readonly override: boolean }[];
}

export interface OriginAccessControl {
  readonly id: string;
  readonly name: string;
}
