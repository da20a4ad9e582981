using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>The SOP classes and DIMSE services of a page. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServiceClassTable
{
    private readonly SopClass[] _sopClasses;
    private readonly UidMap<SopClass> _byUid;

    private ServiceClassTable(SopClass[] sopClasses, DimseService[] services)
    {
        _sopClasses = sopClasses;
        _byUid = new UidMap<SopClass>(Array.ConvertAll(sopClasses, static sop => (sop.Uid, sop)));
        (SopClasses, Services) = (Array.AsReadOnly(sopClasses), Array.AsReadOnly(services));
    }

    /// <summary>The SOP classes, in the order of the page.</summary>
    public IReadOnlyList<SopClass> SopClasses { get; }

    /// <summary>The DIMSE services, in the order of the page.</summary>
    public IReadOnlyList<DimseService> Services { get; }

    /// <summary>The SOP class at a position of the page.</summary>
    /// <param name="index">From 0.</param>
    public SopClass this[int index] => _sopClasses[index];

    /// <summary>Reads what the generator wrote.</summary>
    /// <param name="serviceClass">The title of the page.</param>
    /// <param name="sopClasses">
    /// A SOP class a line, its cells with bars between them: UID, keyword, annex of PS3.3 (may be empty), marks, name. A line without bars stands for the next of <paramref name="others"/>.
    /// Marks, with spaces between them: R for a retired one; Q where relational queries can be negotiated; =2 where its normalized messages name the SOP class at that position;
    /// +1,2 for a meta SOP class of those.
    /// </param>
    /// <param name="services">A DIMSE service a line: operation, the letters of PS3.4 for the usage SCU/SCP, positions of its SOP classes with commas between them (none: all of the page), qualifier (may be empty).</param>
    /// <param name="others">SOP classes that another page has as well, and has as its own.</param>
    public static ServiceClassTable Of(string serviceClass, string sopClasses, string services, params SopClass[] others)
    {
        ArgumentNullException.ThrowIfNull(sopClasses);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(others);
        var other = 0;
        var read = Array.ConvertAll(Lines(sopClasses), line => line.Split('|', 5) is [var uid, var keyword, var iod, var marks, var name]
            ? new SopClass(uid, keyword, name, serviceClass, iod.Length == 0 ? null : iod, Marks(marks).Contains("R")) { IsRelational = Marks(marks).Contains("Q") }
            : others[other++]);
        var table = new ServiceClassTable(read, Array.ConvertAll(Lines(services), line => ReadService(line, read)));
        table.Relate(Lines(sopClasses));
        return table;
    }

    /// <summary>The SOP class that has the UID, or <see langword="null"/>.</summary>
    /// <param name="uid">A UID in its dotted form, without padding.</param>
    public SopClass? Find(string? uid) => _byUid.Find(uid);

    /// <summary>What SOP classes of the page have to do with each other.</summary>
    private void Relate(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var sopClass = _sopClasses[i];
            sopClass.IsStorage |= Has(sopClass, DimseOperation.CStore);
            foreach (var mark in lines[i].Split('|') is [_, _, _, var marks, ..] ? Marks(marks) : [])
            {
                if (mark[0] == '=')
                {
                    sopClass.MessageClass = At(mark[1..]);
                    sopClass.MessageClass.AddContext(sopClass, operation => Has(sopClass, operation));
                }
                else if (mark[0] == '+')
                {
                    sopClass.IsMeta = true;
                    foreach (var member in mark[1..].Split(',', StringSplitOptions.RemoveEmptyEntries))
                    {
                        At(member).AddContext(sopClass, static _ => true);
                    }
                }
            }
        }

        SopClass At(string position) => _sopClasses[int.Parse(position, System.Globalization.CultureInfo.InvariantCulture)];
    }

    private bool Has(SopClass sopClass, DimseOperation operation) =>
        Services.Any(service => service.Operation == operation && (service.SopClasses.Count == 0 || service.SopClasses.Any(other => ReferenceEquals(other, sopClass))));

    private static string[] Marks(string marks) => marks.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static DimseService ReadService(string line, SopClass[] sopClasses)
    {
        var cells = line.Split('|', 4);
        var narrowed = Array.ConvertAll(cells[2].Split(',', StringSplitOptions.RemoveEmptyEntries), position => sopClasses[int.Parse(position, System.Globalization.CultureInfo.InvariantCulture)]);
        return new DimseService(Enum.Parse<DimseOperation>(cells[0]), cells[3].Length == 0 ? null : cells[3], Array.AsReadOnly(narrowed), ReadUsage(cells[1][0]), ReadUsage(cells[1][2]));
    }

    private static Usage ReadUsage(char letter) => letter switch
    {
        'M' => Usage.Mandatory,
        'C' => Usage.Conditional,
        'U' => Usage.Optional,
        _ => Usage.NotUsed,
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
