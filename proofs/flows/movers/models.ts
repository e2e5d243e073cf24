import type { Mover } from '../mover.ts';
import { out } from './row.ts';

const ai = out('ai');
const third = out('third-party');

const SOURCE = 'aws_bedrockagent_data_source';
const BASE = 'aws_bedrockagent_knowledge_base';

/** Inference and what models are given. */
export const MODELS: readonly Mover[] = [
  ai('aws_bedrock_inference_profile', 'model_source.copy_from', 'model', 'Prompts run where the copied profile says.'),
  ai('aws_bedrockagent_agent', 'foundation_model', 'model', 'Prompts run where the model or profile does.'),
  ai(
    'aws_bedrock_guardrail',
    'cross_region_config.guardrail_profile_identifier',
    'model',
    'Prompts are judged in the Regions of the profile.',
  ),
  ai(
    BASE,
    'knowledge_base_configuration.vector_knowledge_base_configuration.embedding_model_arn',
    'model',
    'Documents are given to this model.',
  ),
  third(BASE, 'storage_configuration.pinecone_configuration.connection_string', 'url', 'The index is kept there.'),
  third(
    BASE,
    'storage_configuration.redis_enterprise_cloud_configuration.endpoint',
    'host',
    'The index is kept there.',
  ),
  third(
    SOURCE,
    'data_source_configuration.web_configuration.source_configuration.url_configuration.seed_urls.url',
    'url',
    'The crawler reads from this host, which learns what is read.',
  ),
  ...['confluence', 'salesforce'].map((service) =>
    third(
      SOURCE,
      `data_source_configuration.${service}_configuration.source_configuration.host_url`,
      'url',
      'The crawler reads from this host.',
    ),
  ),
  third(
    SOURCE,
    'data_source_configuration.share_point_configuration.source_configuration.site_urls',
    'url',
    'The crawler reads from this host.',
  ),
  ai(
    'aws_bedrock_model_invocation_logging_configuration',
    'logging_config.s3_config.bucket_name',
    'bucket',
    'Prompts and answers are written to this bucket.',
    { targets: ['aws_s3_bucket'] },
  ),
  ai(
    'aws_bedrock_model_invocation_logging_configuration',
    'logging_config.cloudwatch_config.large_data_delivery_s3_config.bucket_name',
    'bucket',
    'Long prompts and answers are written to this bucket.',
    { targets: ['aws_s3_bucket'] },
  ),
];
