namespace Specgen.Generated;

/// <summary>What a few hundred UIDs stand for: built once, never changed. UIDs differ at their ends, so their length and last characters find the place.</summary>
internal sealed class UidMap<T>
    where T : class
{
    private const int Tail = 5;
    private readonly (string Uid, T Value)[] _places;

    /// <param name="values">Of two of one UID the first counts.</param>
    public UidMap(IReadOnlyCollection<(string Uid, T Value)> values)
    {
        _places = new (string, T)[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * values.Count) + 1)];
        foreach (var value in values)
        {
            ref var place = ref _places[PlaceOf(value.Uid)];
            place = place.Uid is null ? value : place;
        }
    }

    public T? Find(string? uid) => uid is null ? null : _places[PlaceOf(uid)].Value;

    /// <summary>The UID's place, or the free one where it would be.</summary>
    private int PlaceOf(string uid)
    {
        var hash = uid.Length;
        for (var i = Math.Max(0, uid.Length - Tail); i < uid.Length; i++)
        {
            hash = (hash * 31) + uid[i];
        }

        var place = hash & (_places.Length - 1);
        while (_places[place].Uid is { } taken && taken != uid)
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }
}
