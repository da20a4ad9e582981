using System.Globalization;

namespace Specgen.Conformance;

/// <summary>PS3.2 §N.1.1 and §N.1.2: the SOP classes, those whose instances are transferred with their sets of transfer syntaxes.</summary>
internal sealed class TransferContent(ConformanceStatement statement, ConformanceOutline outline)
{
    public void Write()
    {
        var transferred = Transferred(statement).ToList();
        WriteTransfers(outline["N.1.1"], transferred);
        WriteServices(outline["N.1.2"], transferred);
    }

    /// <summary>The SOP classes whose instances are stored, in the numerical order of their UIDs.</summary>
    private static IEnumerable<SopClass> Transferred(ConformanceStatement statement) =>
        Stored(statement.Entities, DicomRole.Scu).Concat(Stored(statement.Entities, DicomRole.Scp)).DistinctBy(static s => s.Uid).OrderBy(static s => s.Uid, Comparer<string>.Create(CompareUids));

    /// <summary>UIDs of those that are sent (SCU), or taken (SCP). Whoever answers C-MOVE or C-GET sends what it takes.</summary>
    public static HashSet<string> Transferred(ConformanceStatement statement, DicomRole role)
    {
        var stored = Stored(statement.Entities, role);
        return [.. (role == DicomRole.Scp ? stored : stored.Concat(Stored(statement.Entities.Where(static e => Retrievals(e).Count > 0), DicomRole.Scp))).Select(static s => s.Uid)];
    }

    private static IEnumerable<SopClass> Stored(IEnumerable<ConformanceEntity> entities, DicomRole role) => entities
        .SelectMany(static e => e.Services).Where(s => s.Role == role && s.StatusTables.Any(static t => t.Operation == DimseOperation.CStore)).SelectMany(static s => s.SopClasses).Where(static s => s.IsStorage);

    /// <summary>Of a presentation context, for tables.</summary>
    public static string Syntaxes(IReadOnlyList<string> uids) => uids.Count == 0
        ? "Any that PS3.6 Table A-1 has and the program's DICOM library knows; of several the first that the requestor proposes"
        : string.Join("; ", uids.Select(static uid => $"{Names.SyntaxName(uid)} ({uid})"));

    /// <summary>Whoever answers C-MOVE or C-GET sends instances for it (PS3.4 §C.5), and is SCU of C-STORE without a user of its own.</summary>
    public static List<DimseOperation> Retrievals(ConformanceEntity entity) =>
        [.. entity.Services.SelectMany(static s => s.StatusTables).Where(static t => t is { IsSent: true, Operation: DimseOperation.CMove or DimseOperation.CGet }).Select(static t => t.Operation)];

    private void WriteTransfers(DocumentSection section, List<SopClass> transferred)
    {
        var sent = statement.Entities.Select(static e => (e.AETitle, For: Retrievals(e))).Where(static e => e.For.Count > 0).ToList();
        if (transferred.Count > 0)
        {
            WriteTables(section, transferred);
        }
        else if (sent.Count == 0)
        {
            section.Blocks.Add(new Paragraph("No instances are transferred."));
            return;
        }

        foreach (var (title, operations) in sent)
        {
            section.Blocks.Add(new Paragraph($"For {string.Join(" and ", operations.Select(Names.Of))} {title} sends instances as SCU, of whatever storage SOP class they are."));
        }

        if (!outline.IsWritten(section.Number))
        {
            section.Blocks.Add(new ToBeWritten($"Which of them the product creates, displays, processes and archives is to be written by hand, in {section.Number}.md of the folder of snippets."));
            outline.Miss(section, $"which instances the product creates, displays, processes and archives ({section.Number}.md)");
        }
    }

    private void WriteTables(DocumentSection section, List<SopClass> transferred)
    {
        var sets = new List<string>();
        var (sent, taken) = (Transferred(statement, DicomRole.Scu), Transferred(statement, DicomRole.Scp));
        var contexts = statement.Entities.SelectMany(static e => e.Contexts).Where(static c => c.Operations.Contains(DimseOperation.CStore)).ToLookup(static c => c.SopClass.Uid);
        var rows = transferred.Select(sopClass =>
        {
            var numbers = contexts[sopClass.Uid].Select(context => SetOf(Syntaxes(context.TransferSyntaxes))).Distinct().Order();
            return (IReadOnlyList<string>)[sopClass.Name, sopClass.Uid, string.Join(", ", numbers.Select(static n => n.ToString(CultureInfo.InvariantCulture))), YesOrNo(sent.Contains(sopClass.Uid)), YesOrNo(taken.Contains(sopClass.Uid))];
        }).ToList();
        section.Blocks.Add(new Table("Content and Transfer", ["SOP Class", "UID", "Transfer Syntax Set", "DIMSE SCU", "DIMSE SCP"], rows, []) { Number = "N.1-1" });
        section.Blocks.Add(new Table(
            "Transfer Syntax Sets", ["Transfer Syntax Set", "Transfer Syntaxes, best first"], [.. sets.Select(static (set, i) => (IReadOnlyList<string>)[(i + 1).ToString(CultureInfo.InvariantCulture), set])], []) { Number = "N.1-2" });

        int SetOf(string syntaxes)
        {
            if (!sets.Contains(syntaxes))
            {
                sets.Add(syntaxes);
            }

            return sets.IndexOf(syntaxes) + 1;
        }
    }

    private void WriteServices(DocumentSection section, List<SopClass> transferred)
    {
        var others = statement.Entities.SelectMany(static e => e.Services).SelectMany(static s => s.SopClasses).DistinctBy(static s => s.Uid).ExceptBy(transferred.Select(static s => s.Uid), static s => s.Uid).ToList();
        if (transferred.Count > 0)
        {
            section.Blocks.Add(new Paragraph($"SOP classes of the storage service are in {outline["N.1.1"].Label}{(others.Count > 0 ? ", the others here" : "")}."));
        }

        if (others.Count > 0)
        {
            section.Blocks.Add(new Table(
                "DIMSE Services", ["SOP Class", "UID", "User of Service (SCU)", "Provider of Service (SCP)"], [.. others.Select(s => (IReadOnlyList<string>)[s.Name, s.Uid, Has(s, DicomRole.Scu), Has(s, DicomRole.Scp)])], []));
        }
    }

    private string Has(SopClass sopClass, DicomRole role) => YesOrNo(statement.Entities.Any(e => e.Services.Any(s => s.Role == role && s.SopClasses.Any(c => c.Uid == sopClass.Uid))));

    private static string YesOrNo(bool it) => it ? "Yes" : "No";

    /// <summary>Component by component; a component may be longer than any number type.</summary>
    private static int CompareUids(string left, string right)
    {
        var (ofLeft, ofRight) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(ofLeft.Length, ofRight.Length); i++)
        {
            var order = ofLeft[i].Length != ofRight[i].Length ? ofLeft[i].Length - ofRight[i].Length : string.CompareOrdinal(ofLeft[i], ofRight[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return ofLeft.Length - ofRight.Length;
    }
}
