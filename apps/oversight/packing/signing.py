"""A PDF signed as readers of PDFs check it: PAdES, with the environment's own certificate inside.

The certificate is signed by its own key. That a report was not changed is shown by any reader; whose it is, by comparing
the fingerprint of the certificate with the one on the auditor's page. No time stamp of a third party is in it, and no
network is asked.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import IntegrityError, transaction
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from apps.environments.models import Environment
from apps.kernel import vault
from apps.oversight.models import ReportKey

LASTS = timedelta(days=3650)
# Clocks of those who check may be a little behind.
BEFORE = timedelta(minutes=10)
FIELD = "AuditLogReport"


def signed(content: bytes, environment: Environment) -> bytes:
    key = have_a_key(environment)
    signer = SimpleSigner(
        signing_cert=Certificate.load(bytes(key.certificate)),
        signing_key=PrivateKeyInfo.load(secret_of(key)),
        cert_registry=SimpleCertificateStore(),
    )
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    target = BytesIO()
    # The library opens an event loop of its own, which it cannot where one runs already; in a thread none does.
    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(sign_pdf, IncrementalPdfFileWriter(BytesIO(content)), about, signer=signer, output=target).result()
    return target.getvalue()


def have_a_key(environment: Environment) -> ReportKey:
    """The newest key, while its certificate holds and a present key of CARENET_DATA_KEYS opens it; else the next one."""
    newest: ReportKey | None = ReportKey.objects.order_by("-number").first()
    if newest is not None and can_sign(newest):
        return newest
    number = newest.number + 1 if newest is not None else 1
    try:
        return make_key(environment, number)
    except IntegrityError:
        # Somebody else has just made it.
        made: ReportKey = ReportKey.objects.get(number=number)
        return made


def can_sign(key: ReportKey) -> bool:
    try:
        secret_of(key)
    except InvalidToken:
        return False
    return ends_at(key) > datetime.now(UTC) + timedelta(days=1)


def secret_of(key: ReportKey) -> bytes:
    return bytes.fromhex(vault.unlock(key.locked, purpose=purpose_of(key.environment_id)))


@transaction.atomic
def make_key(environment: Environment, number: int) -> ReportKey:
    secret = ec.generate_private_key(ec.SECP256R1())
    plain = secret.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    made: ReportKey = ReportKey.objects.create(
        environment=environment,
        number=number,
        certificate=certificate_of(secret, environment),
        locked=vault.lock(plain.hex(), purpose=purpose_of(environment.pk)),
    )
    return made


def certificate_of(secret: ec.EllipticCurvePrivateKey, environment: Environment) -> bytes:
    name = x509.Name(
        [
            # As long as X.520 lets them be.
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, environment.name[:64]),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, f"carenet 監査ログ {environment.slug}"[:64]),
        ]
    )
    others = ["key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"]
    usage = dict.fromkeys([*others, "encipher_only", "decipher_only"], False)
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(secret.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - BEFORE).not_valid_after(now + LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    signing = x509.KeyUsage(digital_signature=True, content_commitment=True, **usage)
    return builder.add_extension(signing, critical=True).sign(secret, SHA256()).public_bytes(Encoding.DER)


def ends_at(key: ReportKey) -> datetime:
    return x509.load_der_x509_certificate(bytes(key.certificate)).not_valid_after_utc


def purpose_of(environment_id: UUID) -> str:
    return f"oversight.reports.{environment_id}"


def certificates() -> bytes:
    """All of the environment's, the newest first, as readers and programs take them in; nothing before the first report."""
    return b"".join(as_pem(key) for key in ReportKey.objects.order_by("-number"))


def as_pem(key: ReportKey) -> bytes:
    return x509.load_der_x509_certificate(bytes(key.certificate)).public_bytes(Encoding.PEM)


def fingerprint() -> str:
    """Of the certificate that signs now; empty before the first report."""
    key = ReportKey.objects.order_by("-number").first()
    return fingerprint_of(key) if key is not None else ""


def fingerprint_of(key: ReportKey) -> str:
    """The SHA-256 of the certificate, as readers of PDFs show it."""
    digits = hashlib.sha256(bytes(key.certificate)).hexdigest().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
