/** Tables of an export are fixed and joined as the mapping says; what does not fit is told at its place. */

import { describe, expect, it } from 'vitest';
import { compiledWith, exportOf, mappingOf, readText, SAMPLE_FILES, SAMPLE_MAPPING } from './shipped-mapping.ts';

function problemsOf(files: Readonly<Record<string, string>>, mapping = SAMPLE_MAPPING): readonly string[] {
  const result = readText(mapping, files);
  const problems = result.ok ? result.read.problems : result.problems;
  return problems.map((one) => `${one.file}:${one.line} ${one.column ?? '-'}: ${one.message.en}`);
}

function without(file: string): Record<string, string> {
  return Object.fromEntries(Object.entries(SAMPLE_FILES).filter(([name]) => name !== file));
}

describe('readImport', () => {
  it('tells each file of the mapping that is missing', () => {
    expect(problemsOf({})).toEqual([
      'sales_pipeline.csv:1 -: file `sales_pipeline.csv` of table `deals` is missing',
      'products.csv:1 -: file `products.csv` of table `products` is missing',
      'sales_teams.csv:1 -: file `sales_teams.csv` of table `team` is missing',
    ]);
    expect(problemsOf(without('products.csv'))).toHaveLength(1);
  });

  it('tells each column that a file lacks, once, with what the file has', () => {
    const files = {
      ...SAMPLE_FILES,
      'sales_pipeline.csv': 'opportunity_id,agent,product,account,deal_stage,engage_date,close_date,close_value\n',
      'products.csv': 'name,series,price\nGTX Pro,GTX,1\n',
      'sales_teams.csv': 'sales_agent,boss,regional_office\n',
    };
    expect(problemsOf(files)).toEqual([
      'sales_pipeline.csv:1 sales_agent: there is no column `sales_agent`; the file has `opportunity_id`, `agent`, `product`, `account`, `deal_stage`, `engage_date`, `close_date`, `close_value`',
      'products.csv:1 sales_price: there is no column `sales_price`; the file has `name`, `series`, `price`',
      'products.csv:1 product: there is no column `product`; the file has `name`, `series`, `price`',
      'sales_teams.csv:1 manager: there is no column `manager`; the file has `sales_agent`, `boss`, `regional_office`',
    ]);
  });

  it('tells a column that is there twice', () => {
    const files = { ...SAMPLE_FILES, 'products.csv': 'product,sales_price,sales_price\nGTX Pro,1,2\n' };
    expect(problemsOf(files)).toEqual(['products.csv:1 sales_price: two columns are called `sales_price`']);
  });

  it('tells an empty file, and one with an open quote', () => {
    const files = { ...exportOf([]), 'products.csv': '', 'sales_teams.csv': 'sales_agent,manager\nAnn,"Bo\n' };
    expect(problemsOf(files)).toEqual([
      'products.csv:1 -: the file is empty; export it again',
      'sales_teams.csv:2 -: a quote opens here and never closes, so where the row ends is unknown',
    ]);
  });

  it('goes on beside rows of other tables that cannot be used, and tells them', () => {
    const files = {
      ...exportOf(['A1,Ann,GTX Pro,Acme,Engaging,,,', 'A2,Ann,GTXPro,Acme,Engaging,,,']),
      'products.csv': 'product,series,sales_price\nGTX Pro,GTX,10\nMG,GTX\nGTX Pro,GTX,20\n',
    };
    const result = readText(SAMPLE_MAPPING, files);
    if (!result.ok) throw new Error('not read');
    expect(problemsOf(files)).toEqual([
      'products.csv:3 -: the row has 2 cells, the header names 3 columns',
      'products.csv:4 product: `GTX Pro` appears in line 2 already; the first one counts',
    ]);
    const { tables } = result.read;
    expect(tables.main.rows.map((row) => tables.cell(row, 'products.sales_price'))).toEqual(['10', '10']);
  });
});

describe('a column with a dot', () => {
  const text = `mapping: dotted
tables: { deals: { file: deals.csv } }
id: { column: deals.id }
pipeline: small-deal
stage: { column: a.stage, values: { Open: interest } }
owner: { column: owner, person_by: id }
dates: { format: yyyy-MM-dd }
`;

  it('is one of the table before the dot where there is such a table, the main one included', () => {
    const mapping = mappingOf(compiledWith({ path: 'dotted.yaml', text: text.replace('a.stage', 'stage') }), 'dotted');
    const result = readText(mapping, { 'deals.csv': 'id,stage,owner\n7,Open,ann\n' });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const { tables } = result.read;
    expect(tables.main.rows.map((row) => tables.cell(row, mapping.id.column))).toEqual(['7']);
  });

  it('is told where its table has no join to the main one', () => {
    const apart = text
      .replace('{ deals: { file: deals.csv } }', '{ deals: { file: deals.csv }, team: { file: team.csv } }')
      .replace('a.stage', 'team.stage');
    const mapping = mappingOf(compiledWith({ path: 'dotted.yaml', text: apart }), 'dotted');
    const files = { 'deals.csv': 'id,owner\n7,ann\n', 'team.csv': 'stage\nOpen\n' };
    expect(problemsOf(files, mapping)).toEqual([
      'team.csv:1 team.stage: table `team` has no join to the main one, so no row has `team.stage`',
    ]);
  });
});
