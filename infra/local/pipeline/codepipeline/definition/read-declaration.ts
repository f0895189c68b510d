import { AwsError } from '../../../errors.ts';
import { readInput } from '../../read-input.ts';
import { providerOf } from '../actions/providers.ts';
import { type ActionDeclaration, type Declaration, declaration, type StageDeclaration } from './declaration.ts';

/** A pipeline's structure as AWS takes it. Throws InvalidStructureException, or the exception of the part that is wrong. */
export function readDeclaration(input: unknown): Declaration {
  const {
    version: _version,
    restartExecutionOnUpdate: _restart,
    ...pipeline
  } = readInput(declaration, input, 'InvalidStructureException');
  const { stages, pipelineType, executionMode, variables } = pipeline;
  if (stages.length < 2) throw invalid(`The pipeline has ${stages.length} stages, expected at least 2`);
  requireDistinct(stages, 'stage', 'the pipeline');
  requireDistinct(variables, 'variable', 'the pipeline');
  if (pipelineType === 'V1' && (executionMode !== 'SUPERSEDED' || variables.length > 0))
    throw invalid('Variables and the execution modes QUEUED and PARALLEL need a pipeline of type V2');
  requireSources(stages);
  for (const stage of stages) requireDistinct(stage.actions, 'action', `the stage ${stage.name}`);
  for (const action of stages.flatMap(({ actions }) => actions)) requireAction(action);
  requireArtifacts(stages);
  return pipeline;
}

function requireDistinct(named: readonly { readonly name: string }[], what: string, where: string): void {
  const twice = named.find(({ name }, index) => named.findIndex((other) => other.name === name) < index);
  if (twice) throw invalid(`Two ${what}s of ${where} are named ${twice.name}`);
}

function requireSources([first, ...others]: readonly StageDeclaration[]): void {
  const isSource = ({ actionTypeId }: ActionDeclaration): boolean => actionTypeId.category === 'Source';
  if (first && !first.actions.every(isSource))
    throw invalid(`The first stage, ${first.name}, must have source actions only`);
  const late = others.find(({ actions }) => actions.some(isSource));
  if (late) throw invalid(`The stage ${late.name} has a source action: only the first stage may`);
}

function requireAction(action: ActionDeclaration): void {
  const { name, actionTypeId, configuration, inputArtifacts, outputArtifacts } = action;
  const { category, owner, provider, version } = actionTypeId;
  const known = providerOf(actionTypeId);
  if (!known) {
    throw new AwsError(
      'InvalidActionDeclarationException',
      `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') ` +
        `in action '${name}' is not available here`,
    );
  }
  const wrong = (text: string) => new AwsError('InvalidActionDeclarationException', `Action '${name}': ${text}`);
  const unknown = Object.keys(configuration).find((key) => !known.configuration.includes(key));
  if (unknown !== undefined) throw wrong(`the configuration ${unknown} is not supported here`);
  const missing = known.required.find((key) => (configuration[key] ?? '') === '');
  if (missing !== undefined) throw wrong(`the configuration ${missing} is missing`);
  const refusal = known.refuse(action);
  if (refusal !== undefined) throw wrong(refusal);
  if (inputArtifacts.length < known.inputs[0] || inputArtifacts.length > known.inputs[1])
    throw wrong(`it has ${inputArtifacts.length} input artifacts, expected ${known.inputs.join(' to ')}`);
  if (outputArtifacts.length < known.outputs[0] || outputArtifacts.length > known.outputs[1])
    throw wrong(`it has ${outputArtifacts.length} output artifacts, expected ${known.outputs.join(' to ')}`);
}

/** Every input is the output of an action that runs before; no two actions make the same. */
function requireArtifacts(stages: readonly StageDeclaration[]): void {
  const made = new Set<string>();
  for (const { actions } of stages) {
    for (const { name, inputArtifacts, outputArtifacts } of [...actions].sort(byRunOrder)) {
      const missing = inputArtifacts.find((artifact) => !made.has(artifact.name));
      if (missing) throw invalid(`Action ${name}: its input ${missing.name} is no output of an action before`);
      const twice = outputArtifacts.find((artifact) => made.has(artifact.name));
      if (twice) throw invalid(`Action ${name}: its output ${twice.name} is another action's already`);
      for (const artifact of outputArtifacts) made.add(artifact.name);
    }
  }
}

export function byRunOrder(left: ActionDeclaration, right: ActionDeclaration): number {
  return left.runOrder - right.runOrder;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidStructureException', message);
}
