"""PostgreSQL: tables, migrations, repositories."""
