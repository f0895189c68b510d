import type { Guard } from '../guard.ts';

const stepsTest = 'functions/provisioning/steps/steps.test.ts';
const deployTest = 'functions/provisioning/steps/deploy-stack.test.ts';
const waveTest = 'functions/provisioning/rollout/run-wave.test.ts';
const moveTest = 'functions/transitions/move/move.test.ts';
const publish = 'functions/layer/releases/publish-release.ts';
const publishTest = 'functions/layer/releases/publish-release.test.ts';

/** Releases, provisioning, rollouts, moves and the end of a tenant. */
export const tenantLifeGuards: readonly Guard[] = [
  {
    name: 'files of a release that are never written again',
    file: publish,
    find: ", IfNoneMatch: '*'",
    replacement: '',
    noticedBy: { test: publishTest, named: 'of two who publish at once the first manifest stays' },
  },
  {
    name: 'a release that is there and stays as it is',
    file: publish,
    find: 'if (known) return known;',
    replacement: '',
    noticedBy: { test: publishTest, named: 'one that is there is answered as it is, and nothing is written' },
  },
  {
    name: 'the checksum of a release’s template',
    file: 'functions/provisioning/read-manifest.ts',
    find: 'if (sha256 !== manifest.template.sha256)',
    replacement: "if (sha256 === '')",
    noticedBy: { test: stepsTest, named: 'READ_RELEASE refuses one whose template is another one' },
  },
  {
    name: 'a release’s name that is no path',
    file: 'functions/provisioning/read-manifest.ts',
    find: "if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,79}$/.test(release) || release.includes('..'))",
    replacement: "if (release === '')",
    noticedBy: { test: stepsTest, named: 'READ_RELEASE refuses one that is a path' },
  },
  {
    name: 'a tenant id that may be part of a stack’s name',
    file: 'functions/layer/runs/new-run.ts',
    find: 'if (!isStackOwner(tenantId)) throw',
    replacement: "if (tenantId === 'x') throw",
    noticedBy: { test: 'functions/layer/runs/runs.test.ts', named: '"../pooled" owns no stack' },
  },
  {
    name: 'one run at a time on a stack',
    file: 'functions/layer/runs/new-run.ts',
    find: 'ConditionExpression: `attribute_not_exists(currentRunId)${',
    replacement: 'ConditionExpression: `(attribute_not_exists(currentRunId) OR attribute_exists(currentRunId))${',
    noticedBy: {
      test: 'functions/layer/runs/runs.test.ts',
      named: 'a stack has one run at a time; settled, it is free, knows its release and the one before',
    },
  },
  {
    name: 'the token by which a run has one execution',
    file: 'functions/layer/runs/start-run.ts',
    find: 'clientRequestToken: `${runId}-${attempt}`,',
    replacement: 'clientRequestToken: `${Math.random()}`,',
    noticedBy: {
      test: 'functions/layer/runs/start-run.test.ts',
      named: 'a run is started with all that its build must know, and knows its execution',
    },
  },
  {
    name: 'the token by which a stack is asked for once',
    file: 'functions/provisioning/steps/deploy-stack.ts',
    find: 'ClientRequestToken: `${run.runId}-${run.attempt}`,',
    replacement: '',
    noticedBy: {
      test: deployTest,
      named: 'every request has the token of its run and attempt, and a new stack is protected from deletion',
    },
  },
  {
    name: 'stacks that are protected from deletion',
    file: 'functions/provisioning/steps/deploy-stack.ts',
    find: ', EnableTerminationProtection: true',
    replacement: '',
    noticedBy: {
      test: deployTest,
      named: 'every request has the token of its run and attempt, and a new stack is protected from deletion',
    },
  },
  {
    name: 'tables that are protected from deletion',
    file: 'infra/constructs/tenant-table.ts',
    find: 'deletionProtection: true,',
    replacement: '',
    noticedBy: {
      test: 'infra/constructs/protection.test.ts',
      named: 'a table is protected from deletion, outlives its stack, and can be restored',
    },
  },
  {
    name: 'user pools that are protected from deletion',
    file: 'infra/constructs/user-pools.ts',
    find: 'deletionProtection: true,',
    replacement: '',
    noticedBy: {
      test: 'infra/constructs/protection.test.ts',
      named: 'a user pool is protected from deletion, and outlives its stack',
    },
  },
  {
    name: 'the smoke check of the release that a stack serves',
    file: 'functions/provisioning/steps/smoke-check.ts',
    find: "if (got !== expected) throw new SmokeCheckError('health', got, expected);",
    replacement: '',
    noticedBy: { test: stepsTest, named: 'SMOKE_CHECK refuses another release' },
  },
  {
    name: 'the smoke check that an API refuses whoever has no token',
    file: 'functions/provisioning/steps/smoke-check.ts',
    find: 'if (response.status !== 401) throw',
    replacement: 'if (response.status === 0) throw',
    noticedBy: { test: stepsTest, named: 'SMOKE_CHECK refuses an open API' },
  },
  {
    name: 'the halt of a rollout beyond what is tolerated',
    file: 'functions/layer/rollouts/stack-steps.ts',
    find: 'if (failed.ending || !isTooMuch(failed)) return failed;',
    replacement: 'if (failed) return failed;',
    noticedBy: {
      test: waveTest,
      named: 'a stack that fails beyond tolerance halts the wave and brings it all back',
    },
  },
  {
    name: 'the alarms that a wave is watched for',
    file: 'functions/provisioning/rollout/watch-alarms.ts',
    find: 'const alarm = alarms.find((raised) => isOf(raised, stack));',
    replacement: 'const alarm = alarms.find((raised) => isOf(raised, stack) && raised === undefined);',
    noticedBy: {
      test: waveTest,
      named: 'an alarm that is raised after the update makes its stack a failed one',
    },
  },
  {
    name: 'builds of an attempt that was given up',
    file: 'functions/provisioning/rollout/wave-build.ts',
    find: 'if (rollout.attempt !== attempt) throw',
    replacement: 'if (rollout.attempt < 0) throw',
    noticedBy: { test: waveTest, named: 'a build of an attempt that was given up writes nothing more' },
  },
  {
    name: 'an approval that counts once',
    file: 'functions/rollouts/approve-wave.ts',
    find: 'if (approvedBy !== undefined) return `Wave ${wave} was approved already, by ${approvedBy}`;',
    replacement: 'if (approvedBy !== undefined) return undefined;',
    noticedBy: {
      test: 'functions/rollouts/rollouts.test.ts',
      named: 'approveWave lets the wave go on that waits, once',
    },
  },
  {
    name: 'the system administrators who alone approve',
    file: 'functions/rollouts/dependencies.ts',
    find: "if (identity?.role !== 'SYSTEM_ADMIN') throw",
    replacement: 'if (!identity) throw',
    noticedBy: { test: 'functions/rollouts/rollouts.test.ts', named: 'approveWave is for system admins alone' },
  },
  {
    name: 'the checksums of a move’s two copies',
    file: 'functions/transitions/move/verify.ts',
    find: 'if (sum.items !== copy.items || sum.sha256 !== copy.sha256)',
    replacement: 'if (sum.items !== copy.items)',
    noticedBy: {
      test: 'functions/transitions/move/verify.test.ts',
      named: 'a difference on a later page is found a row that is changed',
    },
  },
  {
    name: 'the source of a move that changed after it was verified',
    file: 'functions/transitions/move/confirm.ts',
    find: 'if (before && before.sha256 !== now?.sha256)',
    replacement: "if (before?.sha256 === '')",
    noticedBy: { test: moveTest, named: 'a source that changed after it was verified is not removed' },
  },
  {
    name: 'the stack in which a tenant lives, which is never emptied',
    file: 'functions/transitions/move/remove.ts',
    find: 'if (left === tenant.stack) throw',
    replacement: "if (left === '') throw",
    noticedBy: { test: moveTest, named: 'where the tenant lives, nothing is ever removed' },
  },
  {
    name: 'the wait for the last write before data is copied or exported',
    file: 'functions/transitions/drained.ts',
    find: 'return new Date(lastAdmission + longestWrite);',
    replacement: 'return new Date(lastAdmission);',
    noticedBy: {
      test: moveTest,
      named: 'writes are held until the last that was admitted has ended, and no longer than ten seconds for it',
    },
  },
  {
    name: 'an operator’s end of a transition, which no step overwrites',
    file: 'functions/transitions/record.ts',
    find: "ConditionExpression: 'transitionId = :id AND revision = :revision',",
    replacement:
      "ConditionExpression: 'attribute_not_exists(transitionId) OR (transitionId <> :revision AND revision <> :id)',",
    noticedBy: {
      test: 'functions/transitions/offboarding/offboarding.test.ts',
      named: 'the window an operator who stops it is never overrun: what was under way writes nothing',
    },
  },
  {
    name: 'the days for which a tenant that leaves is kept',
    file: 'functions/transitions/offboarding/export-data.ts',
    find: ', dueAt: new Date(transition.purgeAt) };',
    replacement: ' };',
    noticedBy: {
      test: 'functions/transitions/offboarding/offboarding.test.ts',
      named: 'the window holds everything to its end; then the schedule finds it',
    },
  },
  {
    name: 'the slug that is typed to remove a tenant',
    file: 'resolvers/control-plane/Mutation.offboardTenant.ts',
    find: 'if (confirmSlug !== tenant.slug) {',
    replacement: "if (confirmSlug === '') {",
    noticedBy: {
      test: 'resolvers/control-plane/lives.test.ts',
      named: 'offboardTenant with "Life" typed in place of the slug, nothing happens',
    },
  },
];
