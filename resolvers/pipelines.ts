/** One AppSync pipeline function: a file of this plane's folder, and the data source that it calls. */
export interface PipelineStep {
  /** The file's name without `.ts`: `Mutation.createOrder.write` */
  readonly step: string;
  /** `None`, or a data source of the plane's API: `Products` */
  readonly dataSource: string;
}

/** What runs for each GraphQL coordinate (`Query.product`), in order. */
export type Pipelines = Readonly<Record<string, readonly PipelineStep[]>>;
