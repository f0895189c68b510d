import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface AssemblyStack {
  readonly stackName: string;
  /** Path of the template's file. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection: boolean;
  /** Names of stacks that must be there before. */
  readonly dependencies: readonly string[];
}

export interface FileAsset {
  /** Path of the file or the folder. */
  readonly path: string;
  readonly packaging: 'zip' | 'file';
  readonly destinations: readonly { readonly bucket: string; readonly key: string }[];
}

export interface Assembly {
  readonly stacks: readonly AssemblyStack[];
  readonly assets: readonly FileAsset[];
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly tags?: Readonly<Record<string, string>>;
    readonly terminationProtection?: boolean;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: {
          readonly path?: string;
          readonly packaging?: string;
          readonly executable?: readonly string[];
        };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
  readonly dockerImages?: Readonly<Record<string, unknown>>;
}

/** Reads what `cdk synth` has written. Source: aws-cdk-lib, module cloud-assembly-schema. */
export async function readAssembly(folder: string): Promise<Assembly> {
  const { artifacts = {} } = await readJson<Manifest>(join(folder, 'manifest.json'));
  const stacks: AssemblyStack[] = [];
  const assets: FileAsset[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    const { properties = {} } = artifact;
    if (artifact.type === 'aws:cloudformation:stack') {
      stacks.push({
        stackName: properties.stackName ?? id,
        template: join(folder, properties.templateFile ?? ''),
        parameters: properties.parameters ?? {},
        tags: properties.tags ?? {},
        terminationProtection: properties.terminationProtection ?? false,
        dependencies: stackNames(artifacts, artifact),
      });
    } else if (artifact.type === 'cdk:asset-manifest') {
      assets.push(...(await readAssets(folder, properties.file ?? '')));
    } else if (artifact.type === 'cdk:cloud-assembly') {
      const nested = await readAssembly(join(folder, properties.directoryName ?? ''));
      stacks.push(...nested.stacks);
      assets.push(...nested.assets);
    }
  }
  return { stacks, assets };
}

function stackNames(artifacts: Readonly<Record<string, Artifact>>, artifact: Artifact): string[] {
  return (artifact.dependencies ?? []).flatMap((id) => {
    const other = artifacts[id];
    return other?.type === 'aws:cloudformation:stack' ? [other.properties?.stackName ?? id] : [];
  });
}

async function readAssets(folder: string, file: string): Promise<FileAsset[]> {
  const { files = {}, dockerImages = {} } = await readJson<AssetManifest>(join(folder, file));
  const [image] = Object.keys(dockerImages);
  if (image !== undefined)
    throw new Error(`${file}: the asset ${image} is a Docker image, which cannot be published here`);
  return Object.entries(files).map(([id, { source, destinations }]) => {
    const { path, packaging = 'file' } = source;
    if (path === undefined || (packaging !== 'zip' && packaging !== 'file')) {
      throw new Error(`${file}: the asset ${id} is neither a file nor a folder to zip`);
    }
    const targets = Object.values(destinations).map(({ bucketName, objectKey }) => ({
      bucket: bucketName,
      key: objectKey,
    }));
    return { path: join(folder, path), packaging, destinations: targets };
  });
}

async function readJson<Value>(file: string): Promise<Value> {
  return JSON.parse(await readFile(file, 'utf8')) as Value;
}
