export { afterPlan, estateOf, judge, judgeEstate, policyOf } from '../../checks/example-estate.ts';
