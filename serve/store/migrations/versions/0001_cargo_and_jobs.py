"""Consignments, passages, scans, decisions, cases and verdicts; the job queue.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("declarations", "decisions", "verdicts")

REFUSE = """
CREATE FUNCTION riac_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has_rows boolean := true;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %s)', TG_RELID::regclass) INTO has_rows;
    END IF;
    IF has_rows THEN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$
"""


def upgrade() -> None:
    _create_tables()
    _make_append_only()
    _create_job_queue()


def _make_append_only() -> None:
    _run(REFUSE)
    for table in APPEND_ONLY:
        _run(
            f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION riac_refuse_change()"
        )
        _run(
            f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION riac_refuse_change()"
        )


def _create_job_queue() -> None:
    _run(SchemaManager.get_schema())


def _run(statements: str) -> None:
    # Past SQLAlchemy, which would take a colon for a parameter.
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(statements)


def _create_tables() -> None:
    op.create_table(
        "consignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("declaration_number", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("containers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignments")),
        sa.UniqueConstraint("declaration_number", name=op.f("uq_consignments_declaration_number")),
        sa.UniqueConstraint("seq", name=op.f("uq_consignments_seq")),
    )
    op.create_index(
        "ix_consignments_containers",
        "consignments",
        ["containers"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "declarations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consignment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignments.id"],
            name=op.f("fk_declarations_consignment_id_consignments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
        sa.UniqueConstraint(
            "consignment_id", "version", name=op.f("uq_declarations_consignment_id_version")
        ),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("consignment_id", sa.Uuid(), nullable=True),
        sa.Column("declaration_number", sa.Text(), nullable=True),
        sa.Column("container_number", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("site_passage", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("judged_revision", sa.Integer(), nullable=False),
        sa.Column("waiting_for", sa.Text(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignments.id"],
            name=op.f("fk_passages_consignment_id_consignments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
        sa.UniqueConstraint("seq", name=op.f("uq_passages_seq")),
    )
    op.create_index(
        op.f("ix_passages_consignment_id"), "passages", ["consignment_id"], unique=False
    )
    op.create_index(
        "ix_passages_container_number_created_at",
        "passages",
        ["container_number", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_passages_declaration_number"), "passages", ["declaration_number"], unique=False
    )
    op.create_index(
        "uq_passages_site_site_passage",
        "passages",
        ["site", "site_passage"],
        unique=True,
        postgresql_where=sa.text("site_passage IS NOT NULL"),
    )
    op.create_table(
        "scans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("seals", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("gross_mass_kg", sa.Float(), nullable=True),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_from", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("display_rendered", sa.Boolean(), nullable=True),
        sa.Column("width_px", sa.Integer(), nullable=True),
        sa.Column("height_px", sa.Integer(), nullable=True),
        sa.Column("faults", postgresql.JSONB(), nullable=False),
        sa.Column("container_box_px", postgresql.ARRAY(sa.Float()), nullable=True),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_scans_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
        sa.UniqueConstraint("passage_id", "sha256", name=op.f("uq_scans_passage_id_sha256")),
        sa.UniqueConstraint("seq", name=op.f("uq_scans_seq")),
    )
    op.create_index(op.f("ix_scans_sha256"), "scans", ["sha256"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("consignment_id", sa.Uuid(), nullable=True),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("declaration_number", sa.Text(), nullable=True),
        sa.Column("container_number", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        sa.Column("comparison", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("check", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("digests", postgresql.JSONB(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("entry_scan_id", sa.Uuid(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_id"],
            ["consignments.id"],
            name=op.f("fk_decisions_consignment_id_consignments"),
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declarations.id"],
            name=op.f("fk_decisions_declaration_id_declarations"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_scan_id"], ["scans.id"], name=op.f("fk_decisions_entry_scan_id_scans")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_decisions_passage_id_passages")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_decisions_scan_id_scans")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["decisions.id"], name=op.f("fk_decisions_supersedes_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("seq", name=op.f("uq_decisions_seq")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_decisions_supersedes_id")),
    )
    op.create_index(
        op.f("ix_decisions_container_number"), "decisions", ["container_number"], unique=False
    )
    op.create_index("ix_decisions_passage_id_seq", "decisions", ["passage_id", "seq"], unique=False)
    op.create_index(
        "uq_decisions_passage_id_first",
        "decisions",
        ["passage_id"],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("passage_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("locked_by", sa.Text(), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_cases_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passages.id"], name=op.f("fk_cases_passage_id_passages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("passage_id", name=op.f("uq_cases_passage_id")),
    )
    op.create_index(
        "ix_cases_opened_at_open",
        "cases",
        ["opened_at", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("regions", postgresql.JSONB(), nullable=False),
        sa.Column("analyst", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_verdicts_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_verdicts_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_verdicts_decision_id")),
        sa.UniqueConstraint("seq", name=op.f("uq_verdicts_seq")),
    )
    op.create_index(op.f("ix_verdicts_case_id"), "verdicts", ["case_id"], unique=False)
