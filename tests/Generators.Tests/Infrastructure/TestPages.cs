namespace Specgen.Generators.Tests;

/// <summary>Small pages for tests, of services that do not exist. What a page looks like is described in spec/README.md.</summary>
internal static class TestPages
{
    /// <summary>A service with ranges, an exact row within a range, one description in two categories, an implementation's own status.</summary>
    public const string Vault = """
        Acme Vault Service Class
        ========================
        The :dcm:`Acme Vault Service Class<part04/chapter_B.html>` keeps things.

        Supported SOP Classes
        ---------------------

        +-------------+----------------+---------+
        | UID         | SOP Class      | Part 3  |
        |             |                | Annex   |
        +=============+================+=========+
        | 1.3.99.1.1  | AcmeScan       | A.3     |
        +-------------+----------------+---------+
        | 1.3.99.1.2  | AcmeReport     | A.4     |
        +-------------+----------------+---------+

        DIMSE Services
        --------------

        +-----------------+---------------------+
        | DIMSE Service   | Usage SCU/SCP       |
        +=================+=====================+
        | C-STORE         | Mandatory/Mandatory |
        +-----------------+---------------------+
        | N-ACTION        | Optional/Optional   |
        +-----------------+---------------------+

        C-STORE Statuses
        ----------------

        +------------------+----------+----------------------------------+
        | Code (hex)       | Category | Description                      |
        +==================+==========+==================================+
        | 0x0000           | Success  | Success                          |
        +------------------+----------+----------------------------------+
        | 0x0122           | Failure  | SOP Class not supported          |
        +------------------+----------+----------------------------------+
        | 0xA700 to 0xA7FF | Failure  | Out of resources                 |
        +------------------+----------+----------------------------------+
        | 0xA900 to 0xA9FF | Failure  | Dataset doesn't match SOP Class  |
        +------------------+----------+----------------------------------+
        | 0xB007           | Warning  | Dataset doesn't match SOP Class  |
        +------------------+----------+----------------------------------+
        | 0xC000 to 0xCFFF | Failure  | Cannot understand                |
        +------------------+----------+----------------------------------+

        keeper Statuses
        ~~~~~~~~~~~~~~~

        +------------------+----------+----------------------------------+
        | Code (hex)       | Category | Description                      |
        +==================+==========+==================================+
        | 0xC211           | Failure  | Unhandled <exception> & "quotes" |
        +------------------+----------+----------------------------------+

        N-ACTION Statuses
        -----------------

        +------------------+----------+----------------------------------+
        | Code (hex)       | Category | Description                      |
        +==================+==========+==================================+
        | 0x0000           | Success  | Success                          |
        +------------------+----------+----------------------------------+
        | 0x0110           | Failure  | Processing failure               |
        +------------------+----------+----------------------------------+
        """;

    /// <summary>A service with notifications, action types and event types.</summary>
    public const string Promise = """
        Acme Promise Service Class
        ==========================

        Supported SOP Classes
        ---------------------

        +-------------+----------------+
        | UID         | SOP Class      |
        +=============+================+
        | 1.3.99.2.1  | AcmePromise    |
        +-------------+----------------+

        DIMSE Services
        --------------

        +-----------------+---------------------+
        | DIMSE Service   | Usage SCU/SCP       |
        +=================+=====================+
        | N-EVENT-REPORT  | Mandatory/Mandatory |
        +-----------------+---------------------+
        | N-ACTION        | Mandatory/Mandatory |
        +-----------------+---------------------+

        Action Types
        ------------

        +----------------+------------+
        | Action Type    | ID         |
        +================+============+
        | Request it     | 1          |
        +----------------+------------+

        Event Types
        -----------

        +----------------+------------+
        | Event Type     | ID         |
        +================+============+
        | It is kept     | 1          |
        +----------------+------------+
        | It is broken   | 2          |
        +----------------+------------+

        N-ACTION Statuses
        -----------------

        +------------+----------+---------------------+
        | Code (hex) | Category | Description         |
        +============+==========+=====================+
        | 0x0000     | Success  | Success             |
        +------------+----------+---------------------+
        | 0x0123     | Failure  | No such action      |
        +------------+----------+---------------------+

        N-EVENT-REPORT Statuses
        -----------------------

        +------------+----------+---------------------+
        | Code (hex) | Category | Description         |
        +============+==========+=====================+
        | 0x0000     | Success  | Success             |
        +------------+----------+---------------------+
        | 0x0113     | Failure  | No such event type  |
        +------------+----------+---------------------+
        """;

    /// <summary>A module that includes a macro, with sequences in sequences and a value set.</summary>
    public const string Module = """
        Acme Reference Macro
        ====================

        +--------------------------+-------------+----+------+-----------------------+
        | Attribute Name           | Tag         | VR | Type | Attribute Description |
        +==========================+=============+====+======+=======================+
        | Referenced SOP Class UID | (0008,1150) | UI | 1    | Its class             |
        +--------------------------+-------------+----+------+-----------------------+

        Acme Box Module
        ===============
        See :dcm:`the module<part03/sect_C.14.html>`.

        +--------------------------+-------------+----+------+-----------------------+
        | Attribute Name           | Tag         | VR | Type | Attribute Description |
        +==========================+=============+====+======+=======================+
        | Transaction UID          | (0008,1195) | UI | 1    | Which <one>           |
        +--------------------------+-------------+----+------+-----------------------+
        | Rows                     | (0028,0010) | US | 1    | How many              |
        +--------------------------+-------------+----+------+-----------------------+
        | Failed SOP Sequence      | (0008,1198) | SQ | 2    | What failed           |
        +--------------------------+-------------+----+------+-----------------------+
        | >Include Acme Reference Macro                                              |
        +--------------------------+-------------+----+------+-----------------------+
        | >Failure Reason          | (0008,1197) | US | 1    | Why                   |
        +--------------------------+-------------+----+------+-----------------------+

        Failure Reason
        --------------

        +--------+---------------------+
        | Value  | Meaning             |
        +========+=====================+
        | 0x0110 | Processing failure  |
        +--------+---------------------+
        | 0x0112 | No such instance    |
        +--------+---------------------+
        """;

    /// <summary>A registry of private UIDs.</summary>
    public const string Registry = """
        UIDs
        ====

        +------------+------------------+------------------+-----------------+--------+---------+
        | UID        | Name             | Keyword          | Type            | Part   | Retired |
        +============+==================+==================+=================+========+=========+
        | 1.3.99.1.1 | Acme Scan        | AcmeScan         | SOP Class       | PS3.4  |         |
        +------------+------------------+------------------+-----------------+--------+---------+
        | 1.3.99.1.2 | Acme Report      | AcmeReport       | SOP Class       | PS3.4  |         |
        +------------+------------------+------------------+-----------------+--------+---------+
        | 1.3.99.2.1 | Acme Promise     | AcmePromise      | SOP Class       | PS3.4  |         |
        +------------+------------------+------------------+-----------------+--------+---------+
        | 1.3.99.9.1 | Acme Encoding    | AcmeEncoding     | Transfer Syntax | PS3.5  | Yes     |
        +------------+------------------+------------------+-----------------+--------+---------+
        """;

    /// <summary>What PS3.6 Table 6-1 has of the modules' attributes.</summary>
    public const string Dictionary = """
        =========== ======================== ===================== == == =======
        Tag         Name                     Keyword               VR VM Retired
        =========== ======================== ===================== == == =======
        (0008,1150) Referenced SOP Class UID ReferencedSOPClassUID UI 1  No
        (0008,1195) Transaction UID          TransactionUID        UI 1  No
        (0008,1197) Failure Reason           FailureReason         US 1  No
        (0008,1198) Failed SOP Sequence      FailedSOPSequence     SQ 1  No
        (0028,0010) Rows                     Rows                  US 1  No
        =========== ======================== ===================== == == =======
        """;

    public const string VaultProvider = """
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;

        namespace Acme
        {
            [Scp<AcmeVaultServiceClass>]
            internal sealed partial class Vault
            {
                public async partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
                {
                    await Task.Yield();
                    return AcmeVaultCStoreStatus.Success;
                }
            }
        }
        """;

    /// <summary>All the small pages and a provider.</summary>
    public static TestProject All => new TestProject()
        .Page(Vault, "spec/vault.rst")
        .Page(Promise, "spec/promise.rst")
        .Page(Module, "spec/module.rst")
        .Page(Registry, "spec/registry.rst", isStandard: true)
        .Page(Dictionary, "spec/data_elements.rst", isStandard: true)
        .Source(VaultProvider);
}
