using System.Globalization;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Analyzers;

/// <summary>An entry of fo-dicom's <c>DicomStatus</c> that is a service class's.</summary>
internal sealed class FoDicomStatus
{
    /// <summary>Whose an entry is, its name begins with.</summary>
    private static readonly string[] s_owners = ["StorageCommitment", "Storage", "QueryRetrieve", "PrintManagement", "MediaCreationManagement"];

    /// <summary>In the order in which <c>Lookup</c> finds those that are equally exact. A test compares them with the library.</summary>
    private static readonly FoDicomStatus[] s_all =
    [
        .. """
            A7xx StorageStorageOutOfResources
            A9xx StorageDataSetDoesNotMatchSOPClassError
            Cxxx StorageCannotUnderstand
            B000 StorageCoercionOfDataElements
            B007 StorageDataSetDoesNotMatchSOPClassWarning
            B006 StorageElementsDiscarded
            A700 QueryRetrieveOutOfResources
            A701 QueryRetrieveUnableToCalculateNumberOfMatches
            A702 QueryRetrieveUnableToPerformSuboperations
            A801 QueryRetrieveMoveDestinationUnknown
            A900 QueryRetrieveIdentifierDoesNotMatchSOPClass
            Cxxx QueryRetrieveUnableToProcess
            FF01 QueryRetrieveOptionalKeysNotSupported
            B000 QueryRetrieveSubOpsOneOrMoreFailures
            B000 PrintManagementMemoryAllocationNotSupported
            B601 PrintManagementFilmSessionPrintingNotSupported
            B602 PrintManagementFilmSessionEmptyPage
            B603 PrintManagementFilmBoxEmptyPage
            B604 PrintManagementImageDemagnified
            B605 PrintManagementMinMaxDensityOutOfRange
            B609 PrintManagementImageCropped
            B60A PrintManagementImageDecimated
            C600 PrintManagementFilmSessionEmpty
            C601 PrintManagementPrintQueueFull
            C603 PrintManagementImageLargerThanImageBox
            C605 PrintManagementInsufficientMemoryInPrinter
            C613 PrintManagementCombinedImageLargerThanImageBox
            C616 PrintManagementExistingFilmBoxNotPrinted
            A510 MediaCreationManagementDuplicateInitiateMediaCreation
            C201 MediaCreationManagementMediaCreationRequestAlreadyCompleted
            C202 MediaCreationManagementMediaCreationRequestAlreadyInProgress
            C203 MediaCreationManagementCancellationDeniedForUnspecifiedReason
            Bxxx WarningClass
            """.Split('\n').Select(static line => new FoDicomStatus(line.TrimEnd('\r'))),
    ];

    private readonly int _known;

    private FoDicomStatus(string line)
    {
        var digits = line.Substring(0, 4);
        Pattern = digits;
        Name = line.Substring(5);
        Code = ushort.Parse(digits.Replace('x', '0'), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        _known = digits.Count(static digit => digit != 'x');
    }

    public static IReadOnlyList<FoDicomStatus> All => s_all;

    public string Name { get; }

    /// <summary>"A7xx".</summary>
    public string Pattern { get; }

    /// <summary>Its first code.</summary>
    public ushort Code { get; }

    /// <summary>A code of PS3.7 Annex C, which means the same in every service class.</summary>
    public static bool IsGeneral(ushort code) => code is < 0x0300 or 0xFE00 or 0xFF00;

    public static FoDicomStatus? Named(string name) => Array.Find(s_all, entry => entry.Name == name);

    /// <summary>What <c>DicomStatus.Lookup</c> finds: the most exact entry; null where it makes Processing failure of the code.</summary>
    public static FoDicomStatus? Lookup(ushort code) =>
        s_all.Where(entry => (code >> (4 * (4 - entry._known))) == (entry.Code >> (4 * (4 - entry._known)))).OrderByDescending(static entry => entry._known).FirstOrDefault();

    /// <summary>Whether it is the service class's own, or says what that says: most words of the one are words of the other.</summary>
    public bool Means(string serviceClass, string member)
    {
        var owner = Array.Find(s_owners, owner => Name.StartsWith(owner, StringComparison.Ordinal)) ?? "";
        if (owner == serviceClass)
        {
            return true;
        }

        var (mine, others) = (Suggestion.Words(Name.Substring(owner.Length)), Suggestion.Words(member));
        return 2 * mine.Count(others.Contains) > Math.Min(mine.Count, others.Count);
    }
}
