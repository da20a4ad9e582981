using System.ComponentModel;

namespace Specgen;

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
    /// A SOP class a line, its cells with bars between them: UID, keyword, annex of PS3.3 (may be empty), R for a retired one, name. A line without bars stands for the next of <paramref name="others"/>.
    /// </param>
    /// <param name="services">A DIMSE service a line: operation, the letters of PS3.4 for the usage SCU/SCP, positions of its SOP classes with commas between them (none: all of the page), qualifier (may be empty).</param>
    /// <param name="others">SOP classes that another page has as well, and has as its own.</param>
    public static ServiceClassTable Of(string serviceClass, string sopClasses, string services, params SopClass[] others)
    {
        ArgumentNullException.ThrowIfNull(sopClasses);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(others);
        var other = 0;
        var read = Array.ConvertAll(Lines(sopClasses), line => line.Split('|', 5) is [var uid, var keyword, var iod, var retired, var name]
            ? new SopClass(uid, keyword, name, serviceClass, iod.Length == 0 ? null : iod, retired.Length > 0)
            : others[other++]);
        return new ServiceClassTable(read, Array.ConvertAll(Lines(services), line => ReadService(line, read)));
    }

    /// <summary>The SOP class that has the UID, or <see langword="null"/>.</summary>
    /// <param name="uid">A UID in its dotted form, without padding.</param>
    public SopClass? Find(string? uid) => _byUid.Find(uid);

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
