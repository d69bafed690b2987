import assert from 'node:assert/strict';
import { faultsOf } from '../../support/terraform/hygiene.ts';

const whole = { 'main.tf': '', 'variables.tf': '', 'outputs.tf': '', 'versions.tf': '' };

describe('faultsOf a Terraform module', () => {
  it('finds none where all is said', () => {
    const variable = 'variable "name" {\n  description = "Begins each name."\n  type        = string\n}\n';
    const output = 'output "arn" {\n  description = "The ARN."\n  value       = 1\n}\n';
    assert.deepEqual(faultsOf({ ...whole, 'variables.tf': variable, 'outputs.tf': output }), []);
  });

  it('names a variable without a type or a description', () => {
    const variables = 'variable "name" {\n  default = 1\n}\n';
    assert.deepEqual(faultsOf({ ...whole, 'variables.tf': variables }), [
      'variable name has no description that is a sentence',
      'variable name has no type',
    ]);
  });

  it('names an output without a description', () => {
    assert.deepEqual(faultsOf({ ...whole, 'outputs.tf': 'output "arn" {\n  value = 1\n}\n' }), [
      'output arn has no description that is a sentence',
    ]);
  });

  it('names a file that is missing, and a variable that is elsewhere', () => {
    const { 'outputs.tf': _missing, ...rest } = whole;
    const variable = 'variable "name" {\n  description = "A name."\n  type = string\n}\n';
    assert.deepEqual(faultsOf({ ...rest, 'main.tf': variable }), [
      'outputs.tf is missing',
      'variable name is in main.tf',
    ]);
  });
});
