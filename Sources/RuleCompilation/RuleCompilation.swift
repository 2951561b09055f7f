// RuleCompilation
