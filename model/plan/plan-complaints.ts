import type { InputProblem } from '../input-error.ts';

/** What is wrong with a plan, without its place. */
export type Complaint = Pick<InputProblem, 'code' | 'what' | 'why' | 'fix'>;

const RENEW = 'Run terraform plan -out=plan.bin, then terraform show -json plan.bin > plan.json.';

export const STATE: Complaint = {
  code: 'IN-STATE',
  what: 'the file is a state, not a plan',
  why: 'a state shows what there is, and not what the next apply makes of it',
  fix: RENEW,
};

export const ENCRYPTED: Complaint = {
  code: 'IN-ENCRYPTED',
  what: 'the file is a plan or state that OpenTofu has encrypted',
  why: 'nothing in it can be judged without its key, which only OpenTofu should have',
  fix: 'In the directory of the stack, with its encryption configured, run tofu show -json plan.bin > plan.json.',
};

export const EMPTY: Complaint = {
  code: 'PLAN-EMPTY',
  what: 'the plan has no resource',
  why: 'nothing in it can be judged, and an empty directory gives the same plan',
  fix: 'Make the plan in the directory of the stack, after terraform init.',
};

export const ERRORED: Complaint = {
  code: 'PLAN-ERRORED',
  what: 'the plan says that planning failed',
  why: 'what comes after the error is missing from it',
  fix: 'Put right what terraform plan reports, and plan again.',
};

export const PARTIAL: Complaint = {
  code: 'PLAN-PARTIAL',
  what: 'the plan says that it is not complete',
  why: 'what -target, -exclude or a deferral leaves out is not judged',
  fix: 'Plan again without -target and -exclude.',
};

export const DEFERRED: Complaint = {
  code: 'PLAN-DEFERRED',
  what: 'the plan defers changes to a later one',
  why: 'what is deferred is not planned, and so cannot be judged',
  fix: 'Apply and judge in rounds without deferral: plan without -allow-deferral.',
};

export const INVOKES: Complaint = {
  code: 'PLAN-INVOKE',
  what: 'the plan invokes actions',
  why: 'an action does at apply what no resource shows, such as to call a function, and would go unjudged',
  fix: 'Take the action and its action_trigger out of the configuration, or do without -invoke.',
};

export function leftOut(address: string): Complaint {
  return {
    code: 'PLAN-PARTIAL',
    what: `the state has ${JSON.stringify(address)}, and the plan says nothing of it`,
    why: 'a whole plan names every object that there is; what -target or -exclude leaves out is not judged',
    fix: 'Plan again without -target and -exclude.',
  };
}

export function missing(code: 'PLAN-ERRORED' | 'PLAN-PARTIAL', field: string): Complaint {
  return {
    code,
    what: `the plan does not say ${field}`,
    why: 'every plan of its version of Terraform does, so that something has changed the file',
    fix: RENEW,
  };
}

export function notPlan(what: string): Complaint {
  return { code: 'IN-PLAN', what, why: 'it is no output of terraform show -json of a plan', fix: RENEW };
}

export function malformed(what: string): Complaint {
  return { code: 'IN-PLAN', what, why: 'no plan that Terraform shows lacks it', fix: RENEW };
}

export function duplicateKey(key: string): Complaint {
  return {
    code: 'IN-DUPKEY',
    what: `the key ${JSON.stringify(key)} stands twice in one object`,
    why: 'Terraform never writes that, and readers differ in which of the two they see',
    fix: RENEW,
  };
}

export function duplicateAddress(address: string): Complaint {
  return {
    code: 'PLAN-DUPADDR',
    what: `the address ${JSON.stringify(address)} stands twice`,
    why: 'one address is one object, so it is not known which of the two is planned',
    fix: RENEW,
  };
}

export function inconsistent(address: string, there: string, missingIn: string): Complaint {
  return {
    code: 'PLAN-INCONSISTENT',
    what: `${JSON.stringify(address)} stands in ${there} and not in ${missingIn}`,
    why: 'Terraform writes both from one plan, so that something has changed the file',
    fix: RENEW,
  };
}

export function contradictory(address: string, what: string): Complaint {
  return {
    code: 'PLAN-INCONSISTENT',
    what: `${JSON.stringify(address)} ${what}`,
    why: 'Terraform writes no such plan, so that something has changed the file',
    fix: RENEW,
  };
}

export function unknownAction(address: string, written: string): Complaint {
  return {
    code: 'PLAN-ACTION',
    what: `${JSON.stringify(address)} has the unknown action ${JSON.stringify(written)}`,
    why: 'it is not known what it leaves of the object',
    fix: 'Get a newer trefoil, or make the plan with a version of Terraform that it knows.',
  };
}
